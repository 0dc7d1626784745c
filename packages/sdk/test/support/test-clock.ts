import type { Clock } from '../../src/index.ts';

/** A clock that stands still until it is told to go on. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void;
  /** Delays of what is scheduled. */
  scheduled(): readonly number[];
}

/** Stands at the beginning of 2026. */
export function createTestClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let now = start;
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    schedule: (delayMs, callback) => {
      const timer = { at: now + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (milliseconds) => {
      now += milliseconds;
      const due = timers.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
      timers = timers.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
    },
    scheduled: () => timers.map(({ at }) => at - now),
  };
}
