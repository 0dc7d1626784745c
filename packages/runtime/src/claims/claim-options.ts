import { type Clock, systemClock } from '@bpmn-connectors/sdk';

/** How long claims are kept, whatever keeps them. */
export interface ClaimOptions {
  /**
   * Milliseconds for which a processed delivery is remembered. Senders redeliver for up to 24 h, so that
   * this is longer, and apart from a message's time to live.
   * @default 90000000 (25 h)
   */
  readonly retentionMs?: number;
  readonly clock?: Clock;
}

const hourMs = 3_600_000;

/** The options with their defaults. */
export function readClaimOptions({
  retentionMs = 25 * hourMs,
  clock = systemClock,
}: ClaimOptions): Required<ClaimOptions> {
  return { retentionMs, clock };
}
