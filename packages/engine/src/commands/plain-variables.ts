import type { JsonObject } from '@bpmn-connectors/sdk';

/** Why variables are not taken. */
export type Unfit = 'too-large' | 'not-json';

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
  return copy;
}
