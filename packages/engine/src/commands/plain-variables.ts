import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

/** Why variables are not taken. */
export type Unfit = 'too-large' | 'too-deep' | 'not-json';

/** Levels of nesting. Far deeper ones exhaust the stack wherever they are written, copied or compared. */
export const deepestVariables = 1000;

/**
 * A copy of variables as JSON has them, so that neither a later change by the caller nor a value that is
 * no data gets in; or why not. `limit` is in characters of JSON.
 */
export function plainVariables(variables: JsonObject, limit: number): JsonObject | Unfit {
  let text: string | undefined;
  try {
    text = JSON.stringify(variables);
  } catch {
    return 'not-json';
  }
  if (text === undefined || !text.startsWith('{')) return 'not-json';
  if (text.length > limit) return 'too-large';
  const copy: JsonObject = JSON.parse(text);
  return isDeeper(copy, deepestVariables) ? 'too-deep' : copy;
}

const isDeeper = (value: JsonValue, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));
