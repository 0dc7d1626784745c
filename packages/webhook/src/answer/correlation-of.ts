import type { InboundOutcome, JsonObject, JsonValue } from '@bpmn-connectors/sdk';

/**
 * The variable `correlation` of response expressions: Camunda's members, keys as text. Camunda's
 * `activatedElement` is not there, since it shows the element's properties to senders.
 */
export function correlationOf(outcome: InboundOutcome): JsonValue {
  const tenantId = outcome.element?.tenantId ?? null;
  const taken = outcome.status === 'duplicate' ? outcome.first : outcome;
  if (taken?.status === 'accepted') return { messageKey: taken.messageKey, tenantId };
  if (taken?.status !== 'started' && taken?.status !== 'correlated') return null;
  const { processInstanceKey, variables } = taken;
  const correlation: JsonObject = { processInstanceKey, tenantId };
  if ('messageKey' in taken) correlation['messageKey'] = taken.messageKey ?? null;
  if (variables !== undefined) correlation['variables'] = variables;
  return correlation;
}
