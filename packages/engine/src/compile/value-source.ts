import { type CompiledExpression, compile, type Scope } from '@bpmn-connectors/feel';
import type { Clock, JsonValue } from '@bpmn-connectors/sdk';

/** An attribute that may be FEEL (`=order.id`) or plain text. */
export interface ValueSource {
  /** As written. */
  readonly text: string;
  readonly expression?: CompiledExpression;
}

/**
 * Compiles an attribute as Zeebe reads it: FEEL when it begins with `=`, else the text itself.
 * @throws {FeelSyntaxError} `FEEL_SYNTAX`
 */
export function compileValue(text: string, clock: Clock): ValueSource {
  if (!text.trimStart().startsWith('=')) return { text };
  return { text, expression: compile(text, { clock }) };
}

/** @throws {FeelEvaluationError} */
export function evaluateValue(source: ValueSource, scope: Scope): JsonValue {
  return source.expression === undefined ? source.text : source.expression.evaluate(scope);
}
