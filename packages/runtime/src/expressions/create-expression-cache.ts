import type { CompiledExpression } from '@bpmn-connectors/feel';
import { compileExpression } from './compile-expression.ts';

/**
 * Compiles each text once and keeps the ones used last.
 * @returns a function that throws `FeelSyntaxError` for a text that is no expression.
 */
export function createExpressionCache(maxEntries = 1000): (source: string) => CompiledExpression {
  const compiled = new Map<string, CompiledExpression>();
  return (source) => {
    const expression = compiled.get(source) ?? compileExpression(source);
    compiled.delete(source);
    compiled.set(source, expression);
    const [oldest] = compiled.keys();
    if (compiled.size > maxEntries && oldest !== undefined) compiled.delete(oldest);
    return expression;
  };
}
