import type { Problem } from '@bpmn-connectors/bpmn';
import { compileExpression } from './compile-expression.ts';

/** What is wrong with an expression's text; undefined where nothing is, or where there is no text. */
export function expressionProblem(source: string | undefined, where: string): Problem | undefined {
  if (source === undefined) return undefined;
  try {
    compileExpression(source);
    return undefined;
  } catch (error) {
    return {
      where,
      reason: error instanceof Error ? error.message : 'it cannot be parsed',
      fix: 'Correct the FEEL expression',
    };
  }
}
