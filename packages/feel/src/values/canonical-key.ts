import { charge, chargeConversion, type Run, tooDeep } from '../run/run.ts';
import { InternalValue } from './internal-value.ts';
import { type FeelContext, isContext, isList, kindOf } from './kind.ts';

/** Told by its length, a text needs no escaping to be told from what follows. */
const textKey = (text: string): string => `${text.length}"${text}`;

/** Most contexts of a list have their keys in the same order, often the sorted one. */
const isSorted = (keys: readonly string[]): boolean =>
  keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);

function contextKey(context: FeelContext, run: Run, depth: number): string {
  const written = Object.keys(context);
  charge(run, 1 + written.length);
  const keys = isSorted(written) ? written : written.sort();
  let text = '{';
  for (const key of keys) text += textKey(key) + keyOf(context[key], run, depth);
  return `${text}}`;
}

function listKey(list: readonly unknown[], run: Run, depth: number): string {
  charge(run, 1 + list.length);
  let text = '[';
  for (const item of list) text += keyOf(item, run, depth);
  return `${text}]`;
}

function keyOf(value: unknown, run: Run, depth: number): string {
  if (typeof value === 'string') {
    chargeConversion(run, value.length);
    return textKey(value);
  }
  if (typeof value === 'number') return `#${value};`;
  if (value === null || typeof value === 'boolean') return `${value};`;
  if (depth >= run.limits.depth) throw tooDeep(run.limits.depth);
  if (isList(value)) return listKey(value, run, depth + 1);
  if (isContext(value)) return contextKey(value, run, depth + 1);
  return `${kindOf(value)} ${textKey(value instanceof InternalValue ? String(value) : '')}`;
}

/**
 * A text that is the same for equal values only, so that a Set finds them without comparing all pairs.
 * @throws {FeelEvaluationError} FEEL_LIMIT_STEPS | FEEL_LIMIT_DEPTH
 */
export const canonicalKey = (value: unknown, run: Run): string => keyOf(value, run, run.depth);
