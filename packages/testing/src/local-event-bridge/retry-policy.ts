/** How long and how often a target is tried. */
export interface RetryPolicy {
  /** First attempt included. @default 186 (AWS: 185 retries) */
  readonly maxAttempts?: number;
  /** Milliseconds from the acceptance of the event. @default 86400000 (24 hours) */
  readonly maxAgeMs?: number;
  /** Milliseconds before the second attempt; doubles each time. AWS documents no figure. @default 1000 */
  readonly initialDelayMs?: number;
  /** Milliseconds. @default 300000 */
  readonly maxDelayMs?: number;
}

/** What an answer means for the event. */
export type Verdict = 'delivered' | 'retry' | 'dropped';

/** Retried are 401, 407, 409, 429 and 5xx; every other answer that is not 2xx drops the event. */
export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return 'delivered';
  return status >= 500 || [401, 407, 409, 429].includes(status) ? 'retry' : 'dropped';
}

/** Milliseconds that Retry-After asks for, seconds or HTTP date; negative: don't come again. */
function retryAfterMs(value: string | undefined, now: number): number {
  if (value === undefined) return 0;
  if (/^-?\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

/** An attempt that has to be repeated. */
export interface FailedAttempt {
  /** From 1. */
  readonly attempt: number;
  readonly acceptedAt: number;
  readonly now: number;
  readonly retryAfter: string | undefined;
}

/**
 * Milliseconds until the next attempt: exponential backoff, or Retry-After where that is longer.
 * @returns undefined when the target is given up.
 */
export function nextDelayMs(policy: RetryPolicy, failed: FailedAttempt): number | undefined {
  const { maxAttempts = 186, maxAgeMs = 24 * 3600 * 1000 } = policy;
  const { initialDelayMs = 1000, maxDelayMs = 300_000 } = policy;
  const wanted = retryAfterMs(failed.retryAfter, failed.now);
  if (wanted < 0 || failed.attempt >= maxAttempts) return undefined;
  const backoff = Math.min(initialDelayMs * 2 ** (failed.attempt - 1), maxDelayMs);
  const delay = Math.max(backoff, wanted);
  return failed.now + delay - failed.acceptedAt > maxAgeMs ? undefined : delay;
}
