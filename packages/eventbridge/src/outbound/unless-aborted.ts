import { ownError } from './own-error.ts';

/**
 * Waits for work that others wait for as well: the signal ends the waiting, not the work.
 * @throws {ConnectorError} `PUT_EVENTS_ABORTED` the signal came first.
 */
export function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(ownError('PUT_EVENTS_ABORTED'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
