import type { InboundEvent } from '@bpmn-connectors/sdk';
import { jsonKind } from '../expressions/json-kind.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import { messageOf, type StepResult } from './step-result.ts';

/**
 * The message id that the element's expression gives, else the sender's own id of the event (unless the
 * model wants redeliveries processed), else none.
 */
export function findMessageId(
  { messageId, deduplicate }: CompiledElement,
  event: InboundEvent,
): StepResult<string | undefined> {
  const given = deduplicate ? event.messageId : undefined;
  if (messageId === undefined) return { value: given };
  try {
    const id = messageId.evaluate(event.scope);
    if (id === null || id === '') return { value: given };
    if (typeof id !== 'object') return { value: String(id) };
    return failed(`must give a text, but gave ${jsonKind(id)}`);
  } catch (error) {
    return failed(`failed: ${messageOf(error)}`);
  }
}

const failed = (reason: string): StepResult<never> => ({
  failure: {
    step: 'message-id',
    code: 'MESSAGE_ID_FAILED',
    message: `The message id expression ${reason}`,
  },
});
