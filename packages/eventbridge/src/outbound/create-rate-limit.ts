import type { Clock } from '@bpmn-connectors/sdk';
import type { RateLimitSettings } from './event-bridge-options.ts';
import { ownError } from './own-error.ts';

/** Waits until so many events may go; undefined where they may at once. */
export type RateLimit = (events: number, signal: AbortSignal) => Promise<void> | undefined;

interface Turn {
  readonly events: number;
  readonly come: () => void;
}

/**
 * A token bucket: who comes first goes first, and more events than the bucket holds wait until they have
 * filled it. A job that is aborted while it waits leaves its turn to those behind it: turns that nobody takes
 * would make all others wait beyond their own time, and nothing would be sent any more.
 * @returns throws {@link ConnectorError} `PUT_EVENTS_ABORTED` where the signal came first.
 */
export function createRateLimit(
  { eventsPerSecond, burst }: RateLimitSettings,
  clock: Clock,
): RateLimit {
  const intervalMs = 1000 / eventsPerSecond;
  const waiting = new Set<Turn>();
  // When the bucket will be full again, if nothing else is taken.
  let fullAt = Number.NEGATIVE_INFINITY;
  let cancel = (): void => undefined;

  const fullAfter = (events: number): number => Math.max(fullAt, clock.now()) + events * intervalMs;
  const waitUntil = (full: number): number => full - burst * intervalMs - clock.now();

  const callFirst = (): void => {
    cancel();
    const [first] = waiting;
    if (first === undefined) return;
    const full = fullAfter(first.events);
    cancel = clock.schedule(waitUntil(full), () => {
      fullAt = full;
      waiting.delete(first);
      first.come();
      callFirst();
    });
  };

  const queue = (events: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(ownError('PUT_EVENTS_ABORTED'));
      const turn: Turn = {
        events,
        come: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        const [first] = waiting;
        waiting.delete(turn);
        if (first === turn) callFirst();
        reject(ownError('PUT_EVENTS_ABORTED'));
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.add(turn);
      if (waiting.size === 1) callFirst();
    });

  return (events, signal) => {
    const full = fullAfter(events);
    if (waiting.size > 0 || waitUntil(full) > 0) return queue(events, signal);
    fullAt = full;
    return undefined;
  };
}
