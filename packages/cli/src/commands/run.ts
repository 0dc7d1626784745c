import { once } from 'node:events';
import { isConfigurationError, type Logger } from '@bpmn-connectors/sdk';
import { optionHelp } from '../configuration/option-help.ts';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { UsageError } from '../configuration/usage-error.ts';
import type { Io } from '../io/io.ts';
import { watchFile } from '../io/watch-file.ts';
import type { Server } from '../serve/server.ts';
import type { Command } from './command.ts';

const help = (): string =>
  [
    'Reads the models (of folders every *.bpmn below), checks all of it before anything is served, deploys',
    'them, and stays until SIGINT or SIGTERM: then it answers 503, finishes what is in flight, and ends.',
    'Without models it serves what was deployed before to the same --data.',
    '',
    optionHelp(),
    '',
    'Each option is also an environment variable (--data is BPMN_CONNECTORS_DATA) and a key of the file',
    '(managementPort). Flags win over the environment, that over the file.',
  ].join('\n');

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { configuration, positionals, structure, file } = await readConfiguration(argv, io);
  // Loaded here, so that the other commands start without engine, journal and HTTP.
  const [{ serve }, { createLogger }, { describeServer }] = await Promise.all([
    import('../serve/serve.ts'),
    import('../io/create-logger.ts'),
    import('../serve/describe-server.ts'),
  ]);
  const logger = createLogger(configuration.logLevel, io.stderr);
  const starting = serve({
    ...configuration,
    ...structure,
    models: positionals,
    env: io.env,
    cwd: io.cwd,
    print: (line) => void io.stdout.write(line),
    logger,
    signal: io.signal,
  });
  const server = await starting.catch((error: unknown) => {
    if (io.signal.aborted) return undefined;
    throw error;
  });
  if (server === undefined) {
    io.stdout.write('Stopped before the process runtime could be reached\n');
    return 0;
  }
  if (structure.endpoints !== undefined) {
    watchFile(file, () => reloadFile(argv, io, server, logger), io.signal);
  }
  io.stdout.write(describeServer(server));
  if (!io.signal.aborted) await once(io.signal, 'abort');
  io.stdout.write('Stopping: no more is taken, what is in flight is finished\n');
  await server.close();
  io.stdout.write('Stopped\n');
  return 0;
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof UsageError) return error.problems;
  if (!isConfigurationError(error)) return ['unforeseen trouble'];
  return error.problems.map(({ where, reason, fix }) => `${where}: ${reason}. ${fix}`);
}

/** What is wrong with the new file keeps the old endpoints in place. */
async function reloadFile(
  argv: readonly string[],
  io: Io,
  server: Server,
  logger: Logger,
): Promise<void> {
  try {
    const { structure } = await readConfiguration(argv, io);
    await server.reload(structure.endpoints ?? {});
    logger.info({ endpoints: server.endpoints().length }, 'Endpoints were read again');
  } catch (error) {
    const problems = problemsOf(error);
    logger.error({ problems }, 'The configuration file is wrong: the endpoints stay as they were');
  }
}

/** Serves models. */
export const runCommand: Command = {
  name: 'run',
  usage: '[files|folders…] [options]',
  summary: 'Serve the webhooks of models and work their jobs',
  help,
  run,
};
