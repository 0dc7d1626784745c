import { unknownName } from '../configuration/unknown-name.ts';
import { UsageError } from '../configuration/usage-error.ts';
import type { Command } from './command.ts';

const program = 'bpmn-connectors';

const overview = (commands: readonly Command[]): string => {
  const widest = Math.max(...commands.map(({ name }) => name.length));
  return [
    `${program}: serves webhooks and works jobs for BPMN models with connectors`,
    '',
    ...commands.map(({ name, summary }) => `  ${program} ${name.padEnd(widest)} ${summary}`),
    '',
    `${program} help COMMAND tells more of one; ${program} --version prints the version.`,
    '',
  ].join('\n');
};

const details = ({ name, usage, summary, help }: Command): string =>
  [`${program} ${name} ${usage}`, '', summary, '', help(), ''].join('\n');

/** Explains the program or one command. */
export const helpCommand = (commands: () => readonly Command[]): Command => ({
  name: 'help',
  usage: '[command]',
  summary: 'Explain the program or a command',
  help: () =>
    `Commands: ${commands()
      .map(({ name }) => name)
      .join(', ')}`,
  run: async ([topic], io) => {
    const names = commands().map(({ name }) => name);
    const command = commands().find(({ name }) => name === topic);
    if (topic !== undefined && command === undefined)
      throw new UsageError([unknownName('command', topic, names)]);
    io.stdout.write(command === undefined ? overview(commands()) : details(command));
    return 0;
  },
});
