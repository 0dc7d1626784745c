import type { Refused } from '../request/refused.ts';
import type { ActiveEndpoint } from './endpoint.ts';

/** Counts a delivery of a known sender: strangers cannot use up what senders are allowed. */
export function refuseTooMany({ rateLimit, context }: ActiveEndpoint): Refused | undefined {
  const seconds = rateLimit?.take(context.clock);
  return seconds === undefined
    ? undefined
    : { step: 'rate', code: 'RATE_LIMITED', retryAfterSeconds: seconds };
}
