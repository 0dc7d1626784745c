import type { CompiledExpression, Explanation } from '@bpmn-connectors/feel';
import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

const mostCauses = 10;

/**
 * Which parts of an expression kept it from being true, or from having a value: of those that are false,
 * null or failed the innermost that are made of parts, each with what it was made of.
 * @returns `{text, value}` or `{text, error}`, and `of`: its parts' values by their text.
 */
export function findCauses(expression: CompiledExpression, scope: JsonObject): JsonValue {
  const causes: Explanation[] = [];
  collect(expression.explain(scope), causes);
  return causes.map(
    (cause): JsonObject => ({
      text: cause.text,
      ...outcomeOf(cause),
      of: Object.fromEntries(
        cause.parts.map((part) => [part.text, part.value ?? part.error ?? null]),
      ),
    }),
  );
}

function collect(explanation: Explanation, causes: Explanation[]): void {
  const guilty = explanation.parts.filter((part) => isGuilty(part, explanation));
  for (const part of guilty) {
    if (causes.length < mostCauses) collect(part, causes);
  }
  if (guilty.length === 0) causes.push(explanation);
}

/** A path that is null is no cause: the comparison that got it says more. */
function isGuilty(part: Explanation, whole: Explanation): boolean {
  if (part.error !== undefined) return true;
  if (whole.value === true || part.value === true) return false;
  return part.value === false || (part.value === null && part.parts.length > 0);
}

const outcomeOf = ({ value, error }: Explanation): JsonObject =>
  error === undefined ? { value: value ?? null } : { error };
