import type { InboundEvent } from '@bpmn-connectors/sdk';
import type { DeliveryStepView } from '../dead-letters/dead-letters.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import { activateElement } from './activate-element.ts';
import { findCorrelationKey } from './find-correlation-key.ts';
import { findMessageId } from './find-message-id.ts';
import { mapVariables } from './map-variables.ts';
import type { StepFailure } from './step-result.ts';

/** Runs the steps before `send` without effect and tells what each decides. */
export function explainDelivery(
  elements: readonly CompiledElement[],
  event: InboundEvent,
): readonly DeliveryStepView[] {
  const activation = activateElement(elements, event.scope);
  if (activation.failure) return [failed(activation.failure)];
  const compiled = activation.value;
  if (compiled === undefined) {
    const reason = elements.map(({ element }) => element.elementId).join(', ');
    return [{ step: 'condition', decision: 'not met', reason: `Elements asked: ${reason}` }];
  }
  const steps: DeliveryStepView[] = [
    { step: 'condition', decision: `taken by ${compiled.element.elementId}` },
  ];
  const id = findMessageId(compiled, event);
  steps.push(
    id.failure
      ? failed(id.failure)
      : { step: 'message-id', decision: id.value === undefined ? 'none' : 'found' },
  );
  if (compiled.element.elementType !== 'startEvent') {
    const key = findCorrelationKey(compiled, event.scope);
    steps.push(key.failure ? failed(key.failure) : { step: 'correlation-key', decision: 'found' });
  }
  const variables = mapVariables(compiled, event.scope);
  steps.push(
    variables.failure
      ? failed(variables.failure)
      : { step: 'variables', decision: `names: ${Object.keys(variables.value).join(', ')}` },
  );
  return steps;
}

const failed = ({ step, code, message }: StepFailure): DeliveryStepView => ({
  step,
  decision: code,
  reason: message,
});
