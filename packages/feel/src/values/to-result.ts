import type { FeelResult } from '../compiled-expression.ts';
import { FeelEvaluationError } from '../feel-evaluation-error.ts';
import type { Limits } from '../limits.ts';
import { tooDeep } from '../run/run.ts';
import { putEntry } from './context-entries.ts';
import { FunctionValue } from './function-value.ts';
import { InternalValue } from './internal-value.ts';
import { isContext, isList } from './kind.ts';
import { RangeValue } from './range-value.ts';
import { DateTimeValue } from './temporal-value.ts';

interface Budget {
  readonly limits: Limits;
  left: number;
}

/** What punctuation and a number take, on average. */
const scalarSize = 4;

function take(budget: Budget, size: number): void {
  budget.left -= size;
  if (budget.left >= 0) return;
  throw new FeelEvaluationError(
    'FEEL_LIMIT_RESULT',
    `The result is larger than ${budget.limits.resultSize} characters of JSON (limit resultSize)`,
  );
}

function checkDepth(depth: number, { limits }: Budget): void {
  if (depth > limits.depth) throw tooDeep(limits.depth);
}

/** Whether a value is JSON data already, as nearly all results are: then it need not be copied. */
function isPlain(value: unknown, budget: Budget, depth: number): value is FeelResult {
  if (typeof value === 'string') {
    take(budget, value.length + 2);
    return true;
  }
  if (typeof value !== 'object' || value === null) {
    take(budget, scalarSize);
    return typeof value === 'number'
      ? Number.isFinite(value)
      : value === null || typeof value === 'boolean';
  }
  checkDepth(depth, budget);
  take(budget, 2);
  if (isList(value)) return value.every((item) => isPlain(item, budget, depth + 1));
  return isContext(value) && isPlainContext(value, budget, depth);
}

function isPlainContext(value: Record<string, unknown>, budget: Budget, depth: number): boolean {
  for (const key in value) {
    if (!Object.hasOwn(value, key)) return false;
    take(budget, key.length + scalarSize);
    if (!isPlain(value[key], budget, depth + 1)) return false;
  }
  return true;
}

function internalToResult(value: InternalValue): FeelResult {
  if (value instanceof FunctionValue || value instanceof RangeValue) return null;
  return value instanceof DateTimeValue ? value.toIsoText() : String(value);
}

function contextToResult(
  value: Record<string, unknown>,
  budget: Budget,
  depth: number,
): FeelResult {
  const result: { [key: string]: FeelResult } = {};
  for (const [key, entry] of Object.entries(value)) {
    if (entry instanceof FunctionValue) continue;
    take(budget, key.length + scalarSize);
    putEntry(result, key, convert(entry, budget, depth + 1));
  }
  return result;
}

function convert(value: unknown, budget: Budget, depth: number): FeelResult {
  if (isList(value)) {
    checkDepth(depth, budget);
    return value.map((item) => convert(item, budget, depth + 1));
  }
  if (value instanceof InternalValue) return internalToResult(value);
  if (isContext(value)) {
    checkDepth(depth, budget);
    return contextToResult(value, budget, depth);
  }
  return isPlain(value, budget, depth) ? value : null;
}

/**
 * Plain JSON data of a value: temporal values as ISO text, functions and ranges null (an entry that is a
 * function is left out). Data is not copied.
 * @throws {FeelEvaluationError} FEEL_LIMIT_RESULT | FEEL_LIMIT_DEPTH
 */
export function toResult(value: unknown, limits: Limits): FeelResult {
  if (value === null || typeof value === 'boolean') return value;
  if (isPlain(value, { limits, left: limits.resultSize }, 0)) return value;
  return convert(value, { limits, left: limits.resultSize }, 0);
}
