import type { Clock } from '@bpmn-connectors/sdk';

/** Lets so many deliveries through. */
export interface RateLimit {
  /** In the long run, at least 1. */
  readonly perMinute: number;
  /** @returns undefined: this one may go on; else the seconds after which the next one may. */
  take(clock: Clock): number | undefined;
}

/**
 * A bucket that holds `count` deliveries and fills again evenly over `windowMs`: as many may come at once after a
 * pause.
 */
export function createRateLimit(count: number, windowMs: number): RateLimit {
  let left = count;
  let since: number | undefined;
  return {
    perMinute: Math.max(1, Math.floor((count * 60_000) / windowMs)),
    take: (clock) => {
      const now = clock.now();
      const passed = since === undefined ? 0 : Math.max(0, now - since);
      since = now;
      left = Math.min(count, left + (passed * count) / windowMs);
      if (left >= 1) {
        left -= 1;
        return undefined;
      }
      return Math.max(1, Math.ceil(((1 - left) * windowMs) / count / 1000));
    },
  };
}
