import type { Io } from '../io/io.ts';
import { printable } from '../io/printable.ts';
import { buildRequest, type Sending } from './build-request.ts';
import { describeAnswer } from './describe-answer.ts';
import { postRequest } from './post-request.ts';
import { readBody } from './read-body.ts';
import { readSecret } from './read-secret.ts';
import { readSendFlags, type SendFlags } from './send-flags.ts';

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

type Content = Omit<Sending, 'to'>;

/**
 * Posts a file as its sender would, or with `--dry-run` tells what would become of it, and prints the answer.
 * @returns the exit code: 0 for 2xx, 1 for any other answer.
 * @throws {UsageError} called wrongly. @throws {ConnectorError} `SEND_UNREACHABLE`
 * @throws {ConfigurationError} the file of a dry run has no such webhook, or it cannot be served.
 */
export async function sendFile(argv: readonly string[], io: Io): Promise<number> {
  const flags = readSendFlags(argv);
  const secret = await readSecret(flags, io);
  const content = { body: await readBody(flags.file, io), secret };
  const { dryRun } = flags;
  return dryRun === undefined ? post(flags, content, io) : rehearse(dryRun, flags, content, io);
}

async function post(flags: SendFlags, content: Content, io: Io): Promise<number> {
  const { to = '', json } = flags;
  const answer = await postRequest(buildRequest(flags, { ...content, to }), io.signal);
  const { status, headers, body } = answer;
  const text = json ? asJson({ status, headers, body }) : describeAnswer(answer);
  io.stdout.write(printable(text));
  return isSuccess(status) ? 0 : 1;
}

async function rehearse(file: string, flags: SendFlags, content: Content, io: Io): Promise<number> {
  const { dryRun } = await import('./dry-run.ts');
  const { describeDryRun } = await import('./describe-dry-run.ts');
  const build = (to: string) => buildRequest(flags, { ...content, to });
  const run = await dryRun({ file, to: flags.to, build }, io);
  io.stdout.write(printable(flags.json ? asJson(run) : describeDryRun(run)));
  return isSuccess(run.answer.status) ? 0 : 1;
}
