import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

/** A copy of data, so that whoever gets it may change it. Names are data: `__proto__` too is but a name. */
export function copyJson(value: JsonObject): JsonObject {
  if (Object.hasOwn(value, '__proto__')) return copyEntries(value);
  const copy: JsonObject = {};
  for (const name in value) copy[name] = copyValue(value[name] ?? null);
  return copy;
}

/** Slower, but no name means anything to it. */
function copyEntries(value: JsonObject): JsonObject {
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([name, entry]) => [name, copyValue(entry)]));
}

function copyValue(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(copyValue) : copyJson(value);
}
