import type { Clock } from '@bpmn-connectors/sdk';
import type { RateLimitSettings } from './event-bridge-options.ts';
import { pause } from './pause.ts';

/** Waits until so many events may go; undefined where they may at once. */
export type RateLimit = (events: number, signal: AbortSignal) => Promise<void> | undefined;

/**
 * A token bucket: who comes first goes first, and more events than the bucket holds wait until they have
 * filled it. The turn of a job that is aborted while it waits is not given to another.
 */
export function createRateLimit(
  { eventsPerSecond, burst }: RateLimitSettings,
  clock: Clock,
): RateLimit {
  const intervalMs = 1000 / eventsPerSecond;
  // When the bucket will be full again, if nothing else is taken.
  let fullAt = Number.NEGATIVE_INFINITY;
  return (events, signal) => {
    const now = clock.now();
    fullAt = Math.max(fullAt, now) + events * intervalMs;
    const waitMs = fullAt - burst * intervalMs - now;
    return waitMs > 0 ? pause(clock, waitMs, signal) : undefined;
  };
}
