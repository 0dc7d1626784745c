import type { CompiledExpression } from '@bpmn-connectors/feel';
import type { HttpAnswer, InboundEvent } from '@bpmn-connectors/sdk';
import { refuse, type StepResult } from '../request/refused.ts';
import { shapeResponse } from './shape-response.ts';

/**
 * Answers a challenge, by which senders check that an address is its owner's before they send events (Slack's
 * `url_verification`, Meta's `hub.challenge`). The expression sees `request` alone; a context is the answer,
 * in the shape of a response expression, and null lets the request go on.
 *
 * One that fails, or gives anything else, ends the request with 422: whether it was a challenge or an event is
 * not known, and a challenge must start no process. For the same reason nothing is kept for a replay.
 * @returns `undefined` when the request is no challenge.
 */
export function answerChallenge(
  expression: CompiledExpression,
  { scope }: InboundEvent,
): StepResult<HttpAnswer | undefined> {
  try {
    const result = expression.evaluate({ request: scope['request'] });
    if (result === null) return { value: undefined };
    const shaped = shapeResponse(result);
    return typeof shaped === 'string' ? failed(shaped) : { value: shaped };
  } catch {
    return failed('it cannot be evaluated');
  }
}

const failed = (why: string) =>
  refuse('verification', 'VERIFICATION_FAILED', {
    reason: `inbound.verificationExpression: ${why}`,
  });
