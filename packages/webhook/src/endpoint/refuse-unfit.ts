import type { InboundEvent, JsonValue } from '@bpmn-connectors/sdk';
import type { Refused } from '../request/refused.ts';
import type { ActiveEndpoint } from './endpoint.ts';

/**
 * Holds a body against the webhook's schema. The sender is told where it does not fit, never what stands there;
 * nothing is kept, as of a body that cannot be parsed: it will not fit the next time either.
 */
export function refuseUnfit(
  { payloadCheck }: ActiveEndpoint,
  { scope }: InboundEvent,
): Refused | undefined {
  const places = payloadCheck?.(bodyOf(scope['request']));
  if (places === undefined || places.length === 0) return undefined;
  return {
    step: 'schema',
    code: 'PAYLOAD_INVALID',
    detail: `It does not fit at ${places.join(', ')}`,
  };
}

const bodyOf = (request: JsonValue | undefined): JsonValue =>
  typeof request === 'object' && request !== null && !Array.isArray(request)
    ? (request['body'] ?? null)
    : null;
