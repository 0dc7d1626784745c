import { validateHeaderName, validateHeaderValue } from 'node:http';
import { readCommandFlags } from '../commands/command-flags.ts';
import { unknownName } from '../configuration/unknown-name.ts';
import { UsageError } from '../configuration/usage-error.ts';
import type { Sender } from './sender.ts';
import { senderNames, senders } from './senders.ts';

/** What `bpmn-connectors send` was told. */
export interface SendFlags {
  /** `-`: standard input. */
  readonly file: string;
  /** URL; for a dry run a path or an id as well, or undefined. */
  readonly to: string | undefined;
  /** Model or configuration to go through instead of sending. */
  readonly dryRun: string | undefined;
  readonly sender: Sender;
  readonly type: string | undefined;
  readonly secretEnv: string | undefined;
  readonly secretFile: string | undefined;
  /** Header for the secret of a sender that does not sign. */
  readonly secretHeader: string;
  /** They win over the sender's own. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly json: boolean;
}

const texts = {
  to: 'URL',
  'dry-run': 'MODEL.bpmn|CONFIG.json',
  as: 'SENDER',
  type: 'EVENT',
  'secret-env': 'NAME',
  'secret-file': 'FILE',
  'secret-header': 'NAME',
};

/** @throws {UsageError} a flag is unknown, missing or lacks its value, or what is given does not go together. */
export function readSendFlags(argv: readonly string[]): SendFlags {
  const { positionals, isSet, text, list, problems } = readCommandFlags(argv, {
    switches: ['json'],
    texts,
    lists: { header: "'NAME: VALUE'" },
    hint: 'secrets are read with --secret-env or --secret-file',
  });
  const [file, ...others] = positionals;
  if (file === undefined) problems.push('nothing to send given: a file, or - for standard input');
  if (others.length > 0) problems.push('more than one file given: send takes one');
  const given = text('as') ?? '';
  const sender = Object.hasOwn(senders, given) ? senders[given] : undefined;
  if (sender === undefined) problems.push(unknownSender(given));
  else problems.push(...misfits(given, sender, text));
  problems.push(...wrongTarget(text('to'), isSet('dry-run')));
  const headers = list('header').map((header) => readHeader(header, problems));
  if (problems.length > 0 || sender === undefined || file === undefined)
    throw new UsageError(problems);
  return {
    file,
    to: text('to'),
    dryRun: text('dry-run'),
    sender,
    type: text('type'),
    secretEnv: text('secret-env'),
    secretFile: text('secret-file'),
    secretHeader: text('secret-header') ?? 'apikey',
    headers,
    json: isSet('json'),
  };
}

const unknownSender = (given: string): string =>
  given === ''
    ? `no sender given: --as ${senderNames.join('|')}`
    : unknownName('sender', given, senderNames);

/** What does not suit the sender. */
function misfits(
  name: string,
  { scheme, type }: Sender,
  text: (name: string) => string | undefined,
): readonly string[] {
  const isSecret = text('secret-env') !== undefined || text('secret-file') !== undefined;
  const problems: string[] = [];
  if (text('secret-env') !== undefined && text('secret-file') !== undefined)
    problems.push('--secret-env and --secret-file: give one of them');
  if (scheme !== undefined && !isSecret)
    problems.push(
      `${name} signs what it sends: name the secret with --secret-env or --secret-file`,
    );
  if (scheme !== undefined && text('secret-header') !== undefined)
    problems.push(`--secret-header: ${name} signs with its secret and does not send it`);
  if (!isHeaderName(text('secret-header') ?? 'apikey'))
    problems.push('--secret-header must be the name of a header: X-Api-Key');
  if (type === undefined && text('type') !== undefined)
    problems.push(`--type: ${name} tells the type of an event in the body alone`);
  return problems;
}

function isHeaderName(name: string): boolean {
  try {
    validateHeaderName(name);
    return true;
  } catch {
    return false;
  }
}

function wrongTarget(to: string | undefined, isDry: boolean): readonly string[] {
  if (isDry && (to === undefined || !to.includes('://'))) return [];
  if (to === undefined) return ['nowhere to send to given: --to URL'];
  const url = URL.canParse(to) ? new URL(to) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    return ['--to must be an http or https URL: http://127.0.0.1:8080/webhooks/orders'];
  if (url.username === '' && url.password === '') return [];
  return ['--to must hold no credentials: every user of this machine can read them'];
}

/** Of these the length of the body decides. */
const framing: readonly string[] = ['content-length', 'transfer-encoding'];

function readHeader(header: string, problems: string[]): readonly [string, string] {
  const colon = header.indexOf(':');
  const name = header.slice(0, Math.max(0, colon)).trim();
  const value = header.slice(colon + 1).trim();
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    // The value may be a credential, and is not shown.
    problems.push(`--header ${name}: is no header; write 'Name: value'`.replace(' :', ':'));
  }
  if (framing.includes(name.toLowerCase()))
    problems.push(`--header ${name}: follows from the body`);
  return [name, value];
}
