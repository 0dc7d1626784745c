import type { Io } from '../io/io.ts';
import { printable } from '../io/printable.ts';
import { buildRequest } from './build-request.ts';
import { describeAnswer } from './describe-answer.ts';
import { postRequest } from './post-request.ts';
import { readBody } from './read-body.ts';
import { readSecret } from './read-secret.ts';
import { readSendFlags } from './send-flags.ts';

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/**
 * Posts a file as its sender would, and prints the answer.
 * @returns the exit code: 0 for 2xx, 1 for any other answer.
 * @throws {UsageError} called wrongly. @throws {ConnectorError} `SEND_UNREACHABLE`
 */
export async function sendFile(argv: readonly string[], io: Io): Promise<number> {
  const flags = readSendFlags(argv);
  const secret = await readSecret(flags, io);
  const request = buildRequest(flags, await readBody(flags.file, io), secret);
  const answer = await postRequest(request, io.signal);
  const { status, headers, body } = answer;
  const asJson = (): string => `${JSON.stringify({ status, headers, body }, undefined, 2)}\n`;
  io.stdout.write(printable(flags.json ? asJson() : describeAnswer(answer)));
  return isSuccess(status) ? 0 : 1;
}
