import type { IncomingMessage } from 'node:http';

/** A sender that has its answer gets so long to stop sending. */
const lingerMs = 1000;
/** And may send so much more: several times the default limit. */
const lingerBytes = 16_777_216;

/** Throws away what still comes of a body, within bounds, then tells. */
export function discardBody(request: IncomingMessage, done: () => void): void {
  let left = lingerBytes;
  const finish = (): void => {
    clearTimeout(timer);
    request.off('data', count).off('end', finish).off('close', finish).off('error', finish);
    request.on('error', ignore);
    done();
  };
  const count = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left < 0) finish();
  };
  const timer = setTimeout(finish, lingerMs);
  request.on('data', count).on('end', finish).on('close', finish).on('error', finish);
  if (request.destroyed) finish();
  else request.resume();
}

const ignore = (): void => {};
