import type { Clock } from '@bpmn-connectors/sdk';
import { ownError } from './own-error.ts';

/**
 * Waits so many milliseconds.
 * @throws {ConnectorError} `PUT_EVENTS_ABORTED` the signal came first.
 */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      cancel();
      reject(ownError('PUT_EVENTS_ABORTED'));
    };
    const cancel = clock.schedule(delayMs, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
