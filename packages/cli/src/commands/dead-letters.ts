import { ConnectorError } from '@bpmn-connectors/sdk';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { type DeadLetterFlags, readDeadLetterFlags } from '../dead-letters/dead-letter-flags.ts';
import { describeLetter } from '../dead-letters/describe-letter.ts';
import { describeList } from '../dead-letters/describe-list.ts';
import { type LetterReplay, replayLetters } from '../dead-letters/replay-letters.ts';
import type { Io } from '../io/io.ts';
import { printable } from '../io/printable.ts';
import {
  createManagementClient,
  type ManagementClient,
} from '../management/create-management-client.ts';
import { managementUrl } from '../management/management-url.ts';
import type { Command } from './command.ts';

type Write = (text: string) => void;

/** Where the program is: as flags say, else as configured here as for `run`. */
async function connect(flags: DeadLetterFlags, io: Io): Promise<ManagementClient> {
  const argv = flags.config === undefined ? [] : ['--config', flags.config];
  const { configuration } = await readConfiguration(argv, io);
  const token = flags.managementToken ?? configuration.managementToken;
  return createManagementClient({
    url: (flags.managementUrl ?? managementUrl(configuration)).replace(/\/+$/, ''),
    signal: io.signal,
    ...(token === undefined ? {} : { token }),
  });
}

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const describeReplay = ({ id, outcome, reason }: LetterReplay): string =>
  `${id}  ${outcome}${reason === undefined ? '' : `  ${reason}`}\n`;

async function replay(client: ManagementClient, flags: DeadLetterFlags, write: Write) {
  const replays: LetterReplay[] = [];
  for await (const one of replayLetters(client, flags)) {
    replays.push(one);
    if (!flags.json) write(describeReplay(one));
  }
  const failed = replays.filter(({ success }) => !success).length;
  if (flags.json) write(asJson(replays));
  else write(`${replays.length - failed} of ${replays.length} are in\n`);
  return failed === 0 ? 0 : 1;
}

async function show(client: ManagementClient, { ids, json }: DeadLetterFlags, write: Write) {
  const [id = ''] = ids;
  const letter = await client.deadLetter(id);
  if (letter === undefined)
    throw new ConnectorError(
      'NO_DEAD_LETTER',
      `There is no dead letter ${id}: bpmn-connectors dead-letters list tells which there are`,
    );
  write(json ? asJson(letter) : describeLetter(letter));
  return 0;
}

async function run(argv: readonly string[], io: Io): Promise<number> {
  const flags = readDeadLetterFlags(argv);
  const client = await connect(flags, io);
  const write = (text: string): void => void io.stdout.write(printable(text));
  if (flags.action === 'replay') return replay(client, flags, write);
  if (flags.action === 'show') return show(client, flags, write);
  const letters = await client.deadLetters(flags.webhookId);
  write(flags.json ? asJson(letters) : describeList(letters));
  return 0;
}

const help = (): string =>
  [
    '  list                     A line for each: id, time, webhook, code, reason; newest first',
    '  show ID                  What was received, and what each step decides now and on which values',
    '  replay ID… | --all       Process them again, the oldest first; what is in then is closed',
    '',
    '  --webhook-id ID          Only those of one webhook (list, replay)',
    '  --json                   Print JSON: a list, a letter, a list of outcomes',
    '  --management-url URL     Management API of the running program (http://127.0.0.1:8090)',
    '  --management-token TOKEN Its bearer token; better given as BPMN_CONNECTORS_MANAGEMENT_TOKEN',
    '  --config FILE            Configuration file (bpmn-connectors.config.json)',
    '',
    'Without --management-url host and port are those that are configured for run. Letters hold what',
    'senders sent. Exit code 1: a letter is not there, a replay did not succeed, or nobody answers.',
  ].join('\n');

/** Lists, shows and replays the dead letters of a running program. */
export const deadLettersCommand: Command = {
  name: 'dead-letters',
  usage: 'list | show ID | replay ID… [options]',
  summary: 'List, show and replay events that could not be processed',
  help,
  run,
};
