import type { Command } from './command.ts';
import { deadLettersCommand } from './dead-letters.ts';
import { doctorCommand } from './doctor.ts';
import { feelCommand } from './feel.ts';
import { helpCommand } from './help.ts';
import { runCommand } from './run.ts';
import { sendCommand } from './send.ts';
import { templatesCommand } from './templates.ts';
import { validateCommand } from './validate.ts';

/** All commands, in the order in which help lists them. */
export const commands: readonly Command[] = [
  runCommand,
  doctorCommand,
  deadLettersCommand,
  sendCommand,
  validateCommand,
  templatesCommand,
  feelCommand,
  helpCommand(() => commands),
];
