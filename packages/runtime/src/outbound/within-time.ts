import type { Clock } from '@bpmn-connectors/sdk';
import { timeOver } from './job-failure.ts';

/** Milliseconds in which work that was told to stop may still say how it ended. */
const graceMs = 1000;

/**
 * Waits for a job's work, but not for work that does not heed its signal: it would hold its place for ever,
 * and with it that of every other job.
 * @throws {ConnectorError} `JOB_TIMEOUT` the signal aborted, and the work did not end.
 */
export function withinTime<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
  clock: Clock,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    let cancel = (): void => {};
    const onAbort = (): void => {
      cancel = clock.schedule(graceMs, () => reject(timeOver()));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    void work.then(resolve, reject).then(() => {
      cancel();
      signal.removeEventListener('abort', onAbort);
    });
  });
}
