/** Tells the time and wakes up later; tests put their own in its place. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `delayMs`; the returned function cancels. Does not keep the process alive. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** `setTimeout` overflows above this and fires at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule: (delayMs, callback) => {
    let timer: NodeJS.Timeout;
    const arm = (left: number): void => {
      const part = Math.min(left, longestTimeoutMs);
      timer = setTimeout(() => (left > part ? arm(left - part) : callback()), Math.max(0, part));
      timer.unref();
    };
    arm(delayMs);
    return () => clearTimeout(timer);
  },
};
