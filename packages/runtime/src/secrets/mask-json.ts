import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

/** Masks every text of an object; names stay. */
export function maskJson(object: JsonObject, mask: (text: string) => string): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, maskValue(value, mask)]),
  );
}

function maskValue(value: JsonValue, mask: (text: string) => string): JsonValue {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskValue(item, mask));
  return typeof value === 'object' && value !== null ? maskJson(value, mask) : value;
}
