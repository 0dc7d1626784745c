import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** An answer as EventBridge gives it: JSON text, or an error by its `__type`. */
export interface AwsAnswer {
  readonly status: number;
  readonly body: string;
  /** @default 'application/x-amz-json-1.1' */
  readonly contentType?: string;
  /** Milliseconds until it is sent. @default 0 */
  readonly delayMs?: number;
  /** The connection is cut in the middle of the body. */
  readonly cut?: boolean;
  /** The answer waits for this. */
  readonly after?: Promise<unknown>;
}

/** An answer, or none: the connection is cut, or nothing ever comes. */
export type AwsReply = AwsAnswer | 'reset' | 'hang';

/** An error in the `x-amz-json-1.1` protocol. */
export const awsError = (code: string, message: string, status = 400): AwsAnswer => ({
  status,
  body: JSON.stringify({ __type: code, message }),
});

/**
 * Writes the answer with the headers EventBridge sends, in its capitalisation: `x-amzn-RequestId`,
 * `Content-Type`, `Content-Length`, `Date`, and no `Connection` or `Keep-Alive`.
 */
export function writeAwsAnswer(response: ServerResponse, answer: AwsAnswer, now: number): void {
  const bytes = Buffer.from(answer.body);
  response.removeHeader('Connection');
  response.sendDate = false;
  response.writeHead(answer.status, {
    'x-amzn-RequestId': randomUUID(),
    'Content-Type': answer.contentType ?? 'application/x-amz-json-1.1',
    'Content-Length': bytes.byteLength,
    Date: new Date(now).toUTCString(),
  });
  if (answer.cut !== true) {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, bytes.byteLength / 2), () => response.destroy());
}
