import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

/** What a value is called in messages, which must not tell the value itself. */
export function jsonKind(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a context' : `a ${typeof value}`;
}

/** Whether it is a FEEL context. */
export const isContext = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
