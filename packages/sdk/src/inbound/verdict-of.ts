import type { InboundOutcome } from './inbound-connector.ts';

/** What to do with an event at its source. */
export type Verdict =
  /** It is in, or nobody wants it: delete or commit it. */
  | 'acknowledge'
  /** It can never be processed as it is. Put it aside; a dead letter holds it where one is named. */
  | 'reject'
  /** It may work later: leave it where it is and offer it again. */
  | 'retry';

/**
 * Tells what to do with an event at its source. Camunda's runtime says the same in other words:
 * `ForwardErrorToUpstream` with `isRetryable` is `retry`, without it `reject`; `Ignore` is `acknowledge`.
 * @example
 * const outcome = await context.correlate({ variables, messageId });
 * if (verdictOf(outcome) === 'acknowledge') await queue.delete(message);
 */
export function verdictOf(outcome: InboundOutcome): Verdict {
  if (outcome.status === 'not-activated') {
    return outcome.consume === true ? 'acknowledge' : 'reject';
  }
  return verdicts[outcome.status];
}

const verdicts: Readonly<Record<Exclude<InboundOutcome['status'], 'not-activated'>, Verdict>> = {
  started: 'acknowledge',
  correlated: 'acknowledge',
  accepted: 'acknowledge',
  duplicate: 'acknowledge',
  unprocessable: 'reject',
  'no-subscription': 'retry',
  unavailable: 'retry',
};
