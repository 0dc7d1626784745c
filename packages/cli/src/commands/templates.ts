import { unknownName } from '../configuration/unknown-name.ts';
import { UsageError } from '../configuration/usage-error.ts';
import type { Io } from '../io/io.ts';
import { applyCommand } from '../templates/apply.ts';
import { diffCommand } from '../templates/diff.ts';
import { generateCommand } from '../templates/generate.ts';
import { installCommand } from '../templates/install.ts';
import { lintCommand } from '../templates/lint.ts';
import type { TemplateCommand } from '../templates/template-command.ts';
import { indexCommand } from '../templates/write-index.ts';
import type { Command } from './command.ts';
import { readCommandFlags } from './command-flags.ts';

const all: readonly TemplateCommand[] = [
  installCommand,
  applyCommand,
  generateCommand,
  lintCommand,
  diffCommand,
  indexCommand,
];

async function run([name, ...argv]: readonly string[], io: Io): Promise<number> {
  const names = all.map((one) => one.name);
  const command = all.find((one) => one.name === name);
  if (command === undefined) {
    const problem =
      name === undefined
        ? `nothing to do given: ${names.join(', ')}`
        : unknownName('action', name, names);
    throw new UsageError([problem]);
  }
  // `-o` is what tools that write files have.
  const long = argv.map((argument) => (argument === '-o' ? '--output' : argument));
  const flags = readCommandFlags(long, command.flags);
  if (flags.problems.length > 0) throw new UsageError(flags.problems);
  return command.run(flags, io);
}

const help = (): string =>
  [
    ...all.map(({ name, usage, summary }) => `  ${name} ${usage}\n      ${summary}`),
    '',
    'install writes to .camunda/element-templates, where Desktop Modeler looks beside a diagram; --global to',
    'its folder for all diagrams. generate takes JavaScript: build TypeScript first. --ids camunda makes',
    "templates that stand in for Camunda's own. Exit code 1: something is wrong with a template.",
  ].join('\n');

/** Makes, checks and places element templates. */
export const templatesCommand: Command = {
  name: 'templates',
  usage: 'install | apply | generate | lint | diff | index …',
  summary: 'Make, check and place element templates for modelers',
  help,
  run,
};
