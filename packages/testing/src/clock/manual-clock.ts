import type { Clock } from '@bpmn-connectors/sdk';

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Goes on by so many milliseconds and calls back whatever falls due, each at its own time, in order. */
  advance(milliseconds: number): void;
  /** Milliseconds until each of what is scheduled, in the order in which it was. */
  scheduled(): readonly number[];
}

/**
 * Makes a clock for tests of whatever takes a `Clock`: time-outs, back-offs and retention pass at once.
 * @param start epoch milliseconds; by default the beginning of 2026 (UTC).
 * @example
 * const clock = manualClock();
 * const engine = createEngine({ journal, clock });
 * clock.advance(60_000);
 */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  let timers: { readonly due: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    schedule: (delayMs, callback) => {
      const timer = { due: now + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance: (milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.due - b.due);
        if (next === undefined || next.due > end) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.due);
        next.callback();
      }
      now = end;
    },
    scheduled: () => timers.map(({ due }) => due - now),
  };
}
