import type { Clock } from '@bpmn-connectors/sdk';

/** Waits for a promise, but no longer than so many milliseconds; undefined then. */
export function within<Value>(
  promise: Promise<Value>,
  timeoutMs: number,
  clock: Clock,
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(timeoutMs, () => resolve(undefined));
    promise.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}
