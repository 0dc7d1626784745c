/** What ends a piece of work, and whether that was its time. */
export interface TimeLimit {
  /** Aborts when the time is over, or the given signal aborts. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
  /** The work has ended: nothing is left at the given signal. */
  readonly end: () => void;
}

/**
 * Limits the time of a piece of work. `AbortSignal.any` would do, but leaves a trace of each call at a signal
 * that lives as long as the process.
 * @param timeoutMs milliseconds.
 */
export function limitTime(timeoutMs: number, given: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    abort();
  }, timeoutMs).unref();
  if (given?.aborted) abort();
  else given?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    isOver: () => isOver,
    end: () => {
      clearTimeout(timer);
      given?.removeEventListener('abort', abort);
    },
  };
}
