import type { IncomingMessage } from 'node:http';
import type { BodyLimits, BodyRead } from '@bpmn-connectors/sdk';

const nothing: BodyRead = { status: 'complete', bytes: new Uint8Array(0) };

/**
 * Reads the body of a `node:http` request, counting bytes as they come whatever `Content-Length` says. A
 * sender that is too slow, sends too much or goes away ends the reading; the rest is left unread.
 */
export function readNodeBody(request: IncomingMessage, limits: BodyLimits): Promise<BodyRead> {
  if (hasNoBody(request)) return Promise.resolve(nothing);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (read: BodyRead): void => {
      clearTimeout(timer);
      request.off('data', take).off('end', end).off('error', abort).off('close', abort);
      if (read.status !== 'complete') request.pause().on('error', ignore);
      resolve(read);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > limits.maxBytes) settle({ status: 'too-large' });
      else chunks.push(chunk);
    };
    const end = (): void => settle({ status: 'complete', bytes: join(chunks, length) });
    const abort = (): void => settle({ status: 'aborted' });
    const timer = setTimeout(() => settle({ status: 'timeout' }), limits.timeoutMs);
    request.on('data', take).on('end', end).on('error', abort).on('close', abort);
    if (request.destroyed) abort();
  });
}

/** In HTTP/1.1 a request without these headers has no body (RFC 9112, section 6.3). */
const hasNoBody = ({ headers, httpVersionMajor }: IncomingMessage): boolean =>
  httpVersionMajor === 1 &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined;

/** An error after the reading ended has nobody to tell, and must not end the process. */
const ignore = (): void => {};

function join(chunks: readonly Buffer[], length: number): Uint8Array {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, length);
}
