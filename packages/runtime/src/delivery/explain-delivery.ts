import type { CompiledExpression } from '@bpmn-connectors/feel';
import type { InboundEvent, JsonObject, JsonValue } from '@bpmn-connectors/sdk';
import type { DeliveryStepView } from '../dead-letters/dead-letters.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import { activateElement } from './activate-element.ts';
import { excerptOf } from './excerpt-of.ts';
import { findCauses } from './find-causes.ts';
import { findCorrelationKey } from './find-correlation-key.ts';
import { findMessageId } from './find-message-id.ts';
import { mapVariables } from './map-variables.ts';
import type { StepFailure, StepResult } from './step-result.ts';

/**
 * Runs the steps before `send` without effect and tells what each decides, with the values it decided on:
 * for the operator alone, masked and cut.
 */
export function explainDelivery(
  elements: readonly CompiledElement[],
  event: InboundEvent,
  mask: (text: string) => string,
): readonly DeliveryStepView[] {
  return steps(elements, event).map(({ value, ...step }) =>
    value === undefined ? step : { ...step, value: excerptOf(value, mask) },
  );
}

function steps(
  elements: readonly CompiledElement[],
  event: InboundEvent,
): readonly DeliveryStepView[] {
  const { scope } = event;
  const activation = activateElement(elements, scope);
  if (activation.failure) return [failed(activation.failure, unmet(elements, scope))];
  const compiled = activation.value;
  if (compiled === undefined) {
    const reason = elements.map(({ element }) => element.elementId).join(', ');
    const value = unmet(elements, scope);
    return [{ step: 'condition', decision: 'not met', value, reason: `Elements asked: ${reason}` }];
  }
  const { element, messageId, correlationKey, result } = compiled;
  const explain = (expression: CompiledExpression | undefined): JsonValue =>
    expression === undefined ? null : findCauses(expression, scope);
  const id = findMessageId(compiled, event);
  return [
    { step: 'condition', decision: `taken by ${element.elementId}` },
    id.failure ? failed(id.failure, explain(messageId)) : idStep(id.value),
    ...(element.elementType === 'startEvent'
      ? []
      : [
          valueStep('correlation-key', 'found', findCorrelationKey(compiled, scope), () =>
            explain(correlationKey),
          ),
        ]),
    valueStep('variables', 'mapped', mapVariables(compiled, scope), () =>
      explain(result.expression),
    ),
  ];
}

/** What kept each element from taking the event. */
const unmet = (elements: readonly CompiledElement[], scope: JsonObject): JsonValue =>
  elements.flatMap(({ element, condition }) =>
    condition === undefined
      ? []
      : [{ elementId: element.elementId, causes: findCauses(condition, scope) }],
  );

const idStep = (value: string | undefined): DeliveryStepView =>
  value === undefined
    ? { step: 'message-id', decision: 'none' }
    : { step: 'message-id', decision: 'found', value };

const valueStep = (
  step: StepFailure['step'],
  decision: string,
  result: StepResult<JsonValue>,
  causes: () => JsonValue,
): DeliveryStepView =>
  result.failure ? failed(result.failure, causes()) : { step, decision, value: result.value };

const failed = ({ step, code, message }: StepFailure, value: JsonValue): DeliveryStepView => ({
  step,
  decision: code,
  value,
  reason: message,
});
