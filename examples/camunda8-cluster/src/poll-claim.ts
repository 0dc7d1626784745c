import type { Clock, Outcome } from '@bpmn-connectors/sdk';
import type { ClaimRow } from './create-claim-table.ts';

/** How long and by which clock it is asked. */
export interface PollOptions {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly atMostMs: number;
}

const firstDelayMs = 25;
const longestDelayMs = 1000;

/**
 * Asks for another replica's claim, ever less often, until it is settled.
 * @returns its outcome; undefined when it was released, is no longer fresh, or the time is up: whoever waits
 * claims anew.
 */
export async function pollClaim(
  read: () => Promise<ClaimRow | undefined>,
  isFresh: (row: ClaimRow) => boolean,
  { clock, atMostMs }: PollOptions,
): Promise<Outcome | undefined> {
  const until = clock.now() + atMostMs;
  for (
    let delayMs = firstDelayMs;
    clock.now() < until;
    delayMs = Math.min(2 * delayMs, longestDelayMs)
  ) {
    await new Promise<void>((resolve) => void clock.schedule(delayMs, resolve));
    const row = await read();
    if (row === undefined || !isFresh(row)) return undefined;
    if (row.outcome !== undefined) return row.outcome;
  }
  return undefined;
}
