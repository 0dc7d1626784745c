import type { InboundOutcome, Unavailable, Unprocessable } from '@bpmn-connectors/sdk';
import type { WebhookCode } from '../webhook-codes.ts';

/** What an outcome means to the sender. */
export interface Decision {
  /** Absent: a success, 200 or the response expression's. */
  readonly code?: WebhookCode;
  /** The step at which the delivery ended. */
  readonly step: string;
}

type OutcomeKey =
  | Exclude<InboundOutcome['status'], 'not-activated' | 'unprocessable' | 'unavailable'>
  | 'consumed'
  | 'unmatched'
  | Unprocessable['code']
  | Unavailable['code'];

/** A duplicate is a success: 409 would be redelivered for a day. What may come later is 503, so that it is redelivered. */
const decisions: Readonly<Record<OutcomeKey, Decision>> = {
  started: { step: 'respond' },
  correlated: { step: 'respond' },
  accepted: { step: 'respond' },
  duplicate: { step: 'claim' },
  consumed: { step: 'condition' },
  unmatched: { step: 'condition', code: 'UNMATCHED' },
  CONDITION_FAILED: { step: 'condition', code: 'CONDITION_FAILED' },
  AMBIGUOUS: { step: 'condition', code: 'AMBIGUOUS' },
  MESSAGE_ID_FAILED: { step: 'message-id', code: 'MESSAGE_ID_FAILED' },
  CORRELATION_KEY_FAILED: { step: 'correlation-key', code: 'CORRELATION_KEY_FAILED' },
  NO_CORRELATION_KEY: { step: 'correlation-key', code: 'NO_CORRELATION_KEY' },
  RESULT_FAILED: { step: 'variables', code: 'RESULT_FAILED' },
  REJECTED: { step: 'send', code: 'REJECTED' },
  TOO_LARGE: { step: 'send', code: 'TOO_LARGE' },
  'no-subscription': { step: 'send', code: 'NO_SUBSCRIPTION' },
  BACKPRESSURE: { step: 'send', code: 'BACKPRESSURE' },
  TIMEOUT: { step: 'send', code: 'NO_ANSWER' },
  CONNECTION: { step: 'send', code: 'UNAVAILABLE' },
};

/** @param consumeByDefault what holds for unmatched events where the model doesn't say. */
export const decideAnswer = (outcome: InboundOutcome, consumeByDefault: boolean): Decision =>
  decisions[keyOf(outcome, consumeByDefault)];

function keyOf(outcome: InboundOutcome, consumeByDefault: boolean): OutcomeKey {
  if (outcome.status === 'unprocessable' || outcome.status === 'unavailable') return outcome.code;
  if (outcome.status !== 'not-activated') return outcome.status;
  return (outcome.consume ?? consumeByDefault) ? 'consumed' : 'unmatched';
}
