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

/** How much results may still take. One budget may serve several. */
export interface ResultBudget {
  readonly limits: Limits;
  left: number;
}

/** One look at a value. */
interface Look {
  readonly budget: ResultBudget;
  /** Lists and contexts in which there is something that is no JSON data: only these are copied. */
  readonly mixed: Set<object>;
}

/** What punctuation and a number take, on average. */
const scalarSize = 4;
/** What a list or a context takes by itself: more than its brackets, as looking at it takes time. */
const compositeSize = 6;

function take({ budget }: Look, size: number): void {
  budget.left -= size;
  if (budget.left >= 0) return;
  throw new FeelEvaluationError(
    'FEEL_LIMIT_RESULT',
    `The result is larger than ${budget.limits.resultSize} characters of JSON (limit resultSize)`,
  );
}

/** Whether a value is JSON data already, as nearly all results are: then it need not be copied. */
function isPlain(value: unknown, look: Look, depth: number): value is FeelResult {
  if (typeof value === 'string') {
    take(look, value.length + 2);
    return true;
  }
  if (typeof value !== 'object' || value === null) {
    take(look, scalarSize);
    return typeof value === 'number'
      ? Number.isFinite(value)
      : value === null || typeof value === 'boolean';
  }
  const { limits } = look.budget;
  if (depth > limits.depth) throw tooDeep(limits.depth);
  take(look, compositeSize);
  if (value instanceof InternalValue) return false;
  const plain = isList(value)
    ? isPlainList(value, look, depth)
    : isContext(value) && isPlainContext(value, look, depth);
  if (!plain) look.mixed.add(value);
  return plain;
}

function isPlainList(list: readonly unknown[], look: Look, depth: number): boolean {
  let plain = true;
  for (const item of list) {
    if (!isPlain(item, look, depth + 1)) plain = false;
  }
  return plain;
}

function isPlainContext(value: Record<string, unknown>, look: Look, depth: number): boolean {
  let plain = true;
  for (const key in value) {
    take(look, key.length + scalarSize);
    if (!Object.hasOwn(value, key)) plain = false;
    else if (!isPlain(value[key], look, depth + 1)) plain = false;
  }
  return plain;
}

function internalToResult(value: InternalValue): FeelResult {
  if (value instanceof FunctionValue || value instanceof RangeValue) return null;
  return value instanceof DateTimeValue ? value.toIsoText() : String(value);
}

function contextToResult(value: Record<string, unknown>, look: Look): FeelResult {
  const result: { [key: string]: FeelResult } = {};
  for (const [key, entry] of Object.entries(value)) {
    if (!(entry instanceof FunctionValue)) putEntry(result, key, convert(entry, look));
  }
  return result;
}

/** Whether a value was found to be JSON data through and through. */
function wasPlain(value: unknown, { mixed }: Look): value is FeelResult {
  if (typeof value === 'object' && value !== null) {
    return !(value instanceof InternalValue) && !mixed.has(value);
  }
  return typeof value === 'number'
    ? Number.isFinite(value)
    : value === null || typeof value === 'boolean' || typeof value === 'string';
}

function convert(value: unknown, look: Look): FeelResult {
  if (wasPlain(value, look)) return value;
  if (isList(value)) return value.map((item) => convert(item, look));
  if (value instanceof InternalValue) return internalToResult(value);
  return isContext(value) ? contextToResult(value, look) : null;
}

/**
 * Plain JSON data of a value: temporal values as ISO text, functions and ranges null (an entry that is a
 * function is left out). Data is not copied.
 * @throws {FeelEvaluationError} FEEL_LIMIT_RESULT | FEEL_LIMIT_DEPTH
 */
export function toResult(
  value: unknown,
  limits: Limits,
  budget: ResultBudget = { limits, left: limits.resultSize },
): FeelResult {
  if (value === null || typeof value === 'boolean') return value;
  const look = { budget, mixed: new Set<object>() };
  return isPlain(value, look, 0) ? value : convert(value, look);
}
