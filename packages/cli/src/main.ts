import { isConfigurationError, isConnectorError } from '@bpmn-connectors/sdk';
import { commands } from './commands/commands.ts';
import { unknownName } from './configuration/unknown-name.ts';
import { UsageError } from './configuration/usage-error.ts';
import type { Io } from './io/io.ts';
import { processIo } from './io/process-io.ts';
import { readManifest } from './read-manifest.ts';

/** Flags that may stand in a command's place. */
const shorthands: Readonly<Record<string, string>> = { '--help': 'help', '-h': 'help' };

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = argv;
  if (first === '--version') {
    io.stdout.write(`${(await readManifest()).version}\n`);
    return 0;
  }
  if (first === undefined) throw new UsageError(['no command given']);
  const name = shorthands[first] ?? first;
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const what = first.startsWith('-') ? 'flag' : 'command';
    const known = [...commands.map((one) => one.name), '--help', '--version'];
    throw new UsageError([unknownName(what, first, known)]);
  }
  const ends = rest.indexOf('--');
  const flags = ends < 0 ? rest : rest.slice(0, ends);
  const wantsHelp = flags.some((flag) => shorthands[flag] === 'help');
  return wantsHelp ? dispatch(['help', command.name], io) : command.run(rest, io);
}

/** @throws the error, if it is none that a person can do something about. */
function complaint(error: unknown): readonly string[] {
  if (isConfigurationError(error))
    return error.problems.map(({ where, reason, fix }) => `${where}: ${reason}. ${fix}`);
  if (isConnectorError(error)) return [error.message];
  throw error;
}

/**
 * The command line program.
 * @param argv what stands after the program's name.
 * @returns the exit code: 0; 1 could not do it; 2 called wrongly. Complaints are on standard error.
 * @example
 * process.exitCode = await main(['run', 'models/', '--port', '8080']);
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    if (error instanceof UsageError) {
      for (const problem of error.problems) io.stderr.write(`${problem}\n`);
      io.stderr.write('bpmn-connectors help tells what there is\n');
      return 2;
    }
    for (const line of complaint(error)) io.stderr.write(`${line}\n`);
    return 1;
  }
}
