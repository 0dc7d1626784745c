import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpAnswer } from '@bpmn-connectors/sdk';
import { discardBody } from './discard-body.ts';

/** Statuses without body, hence without Content-Length (RFC 9110, section 8.6). */
const bodiless: ReadonlySet<number> = new Set([204, 304]);

/**
 * Writes an answer. If the request's body was not read to its end the connection is closed, but only
 * after the sender could read the answer: closing with unread bytes would reset the connection and take
 * the answer away (RFC 9112, section 9.6).
 */
export function writeNodeAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
): void {
  if (response.headersSent || isGone(request, response)) return;
  response.statusCode = status;
  for (const name in headers) response.setHeader(name, headers[name] ?? '');
  const bytes = body === undefined ? 0 : Buffer.byteLength(body);
  if (!bodiless.has(status)) response.setHeader('content-length', bytes);
  if (isRead(request)) {
    response.end(body);
    return;
  }
  response.setHeader('connection', 'close');
  response.flushHeaders();
  if (body !== undefined && request.method !== 'HEAD') response.write(body);
  discardBody(request, () => {
    if (!isGone(request, response)) response.end();
  });
}

/**
 * Nobody is there to be answered. Of pipelined requests only the first one's response is told of the end of
 * the connection; to end one behind it trips an assertion of node:http, which would end the process.
 */
const isGone = ({ socket }: IncomingMessage, response: ServerResponse): boolean =>
  response.destroyed || socket.destroyed;

/** Nothing of the request is still to come. */
const isRead = (request: IncomingMessage): boolean =>
  request.complete ||
  (request.httpVersionMajor === 1 &&
    request.headers['content-length'] === undefined &&
    request.headers['transfer-encoding'] === undefined);
