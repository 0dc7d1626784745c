import {
  type CompiledExpression,
  compile,
  connectorFunctions,
  FeelEvaluationError,
  FeelSyntaxError,
} from '../src/index.ts';

/** Whether a value is JSON data: no prototypes but plain ones, no numbers that JSON lacks. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isJson);
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === null || prototype === Object.prototype) && Object.values(value).every(isJson)
  );
}

const codes = /^FEEL_(?:LIMIT_(?:STEPS|LIST|DEPTH|TEXT|RESULT)|ASSERT|ARGUMENTS|PATTERN|FAILED)$/;

function compiled(source: string): CompiledExpression | undefined {
  try {
    return compile(source, { functions: connectorFunctions, limits: { steps: 20_000 } });
  } catch (error) {
    if (error instanceof FeelSyntaxError) return undefined;
    throw error;
  }
}

/**
 * Evaluates and explains, and looks whether the promises are kept: JSON data or a `FeelEvaluationError`
 * with a known code that quotes no data; the data is unchanged.
 * @throws {Error} what is wrong.
 */
export function checkEvaluation(source: string, x: unknown, y: unknown): void {
  const expression = compiled(source);
  if (expression === undefined) return;
  const before = JSON.stringify([x, y]);
  try {
    const result = expression.evaluate({ x, y });
    if (!isJson(result)) throw new Error('the result is no JSON data');
  } catch (error) {
    if (!(error instanceof FeelEvaluationError) || !codes.test(error.code)) throw error;
    // a cause would be a failure of our own that was not foreseen
    if (error.code === 'FEEL_FAILED' && error.cause !== undefined) throw error;
  }
  expression.explain({ x, y });
  if (JSON.stringify([x, y]) !== before) throw new Error('the data was changed');
}
