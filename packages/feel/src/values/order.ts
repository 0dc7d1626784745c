import { charge, chargeText, type Run } from '../run/run.ts';
import { InternalValue } from './internal-value.ts';

/** Finding the instant of a date and time in a zone is slow the first time. */
const rankSteps = 50;

const order = <T extends number | bigint | string>(a: T, b: T): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

function orderInternal(a: InternalValue, b: InternalValue, run: Run): number | null {
  charge(run, rankSteps);
  const left = a.rank();
  const right = b.rank();
  return left === undefined || right === undefined ? null : order(left, right);
}

/**
 * Negative, 0 or positive; null for values that have no order among them: unlike types, contexts, lists,
 * booleans, null.
 */
export function compareValues(a: unknown, b: unknown, run: Run): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') {
    chargeText(run, Math.min(a.length, b.length));
    return order(a, b);
  }
  if (a instanceof InternalValue && b instanceof InternalValue && a.kind === b.kind) {
    return orderInternal(a, b, run);
  }
  return null;
}
