import { InternalValue } from './internal-value.ts';

const order = <T extends number | bigint | string>(a: T, b: T): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

function orderInternal(a: InternalValue, b: InternalValue): number | null {
  const left = a.rank();
  const right = b.rank();
  return left === undefined || right === undefined ? null : order(left, right);
}

/**
 * Negative, 0 or positive; null for values that have no order among them: unlike types, contexts, lists,
 * booleans, null.
 */
export function compareValues(a: unknown, b: unknown): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return order(a, b);
  if (a instanceof InternalValue && b instanceof InternalValue && a.kind === b.kind) {
    return orderInternal(a, b);
  }
  return null;
}
