import type { Outcome } from '../process-runtime/outcome.ts';

/** Whether a delivery may go on. */
export type Claim =
  /** Nobody had it: go on. `again`: an earlier attempt was cut short, its effect is not known. */
  | { readonly status: 'claimed'; readonly again: boolean }
  /** It was processed before. */
  | { readonly status: 'done'; readonly outcome: Outcome }
  /** The first delivery is being processed in this process; resolves when that is decided. */
  | { readonly status: 'in-flight'; readonly settled: Promise<Outcome | undefined> };

/**
 * Deduplication of deliveries. Only successes are remembered; a refusal or failure releases the claim, so
 * that a redelivery after the fix runs. Several replicas plug in their own.
 */
export interface Claims {
  /**
   * Asks whether a delivery may go on.
   * @param key process, element or deduplication group, and message id.
   * @param durable the claim must be stored before this resolves (the process runtime takes no ids).
   */
  claim(key: string, durable: boolean): Promise<Claim>;
  /** The delivery succeeded: remember the outcome (25 h by default, as senders redeliver for 24 h). */
  confirm(key: string, outcome: Outcome): void;
  /** The delivery did not succeed: forget it. `outcome` is told to those who wait. */
  release(key: string, outcome?: Outcome): void;
}
