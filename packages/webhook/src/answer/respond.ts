import type { HttpAnswer, InboundEvent, InboundOutcome } from '@bpmn-connectors/sdk';
import { correlationOf } from './correlation-of.ts';
import { shapeResponse } from './shape-response.ts';

/** The answer to an event that was taken. */
export interface Response {
  readonly answer: HttpAnswer;
  /** Why the response expression was not heeded. */
  readonly problem?: string;
}

const empty: Response = { answer: { status: 200, headers: {} } };

/**
 * Answers with the response expression of the element that took the event, else 200 without body. An
 * expression that fails doesn't change the success: the event is in, an error would invite a redelivery.
 */
export function respond(outcome: InboundOutcome, event: InboundEvent): Response {
  const expression = outcome.element?.expression('inbound.responseExpression');
  if (expression === undefined) return empty;
  try {
    const scope = { ...event.scope, correlation: correlationOf(outcome) };
    const shaped = shapeResponse(expression.evaluate(scope));
    return typeof shaped === 'string' ? failed(shaped) : { answer: shaped };
  } catch {
    return failed('it cannot be evaluated');
  }
}

const failed = (why: string): Response => ({
  ...empty,
  problem: `inbound.responseExpression: ${why}`,
});
