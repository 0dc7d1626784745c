import type { Run } from '../run/run.ts';
import { InternalValue } from './internal-value.ts';
import { compareValues } from './order.ts';

/** Bounds of a range and whether they belong to it. */
export interface Bounds {
  readonly start: unknown;
  readonly startIncluded: boolean;
  readonly end: unknown;
  readonly endIncluded: boolean;
}

/** `[a..b]`, `(a..b)` and the like. */
export class RangeValue extends InternalValue {
  readonly kind = 'range';
  readonly bounds: Bounds;

  constructor(bounds: Bounds) {
    super();
    this.bounds = bounds;
  }

  override toString(): string {
    const { start, startIncluded, end, endIncluded } = this.bounds;
    return `${startIncluded ? '[' : '('}${String(start)}..${String(end)}${endIncluded ? ']' : ')'}`;
  }
}

/** Whether a value lies within bounds; null where it cannot be compared with both. */
export function liesWithin(value: unknown, bounds: Bounds, run: Run): boolean | null {
  const low = compareValues(value, bounds.start, run);
  const high = compareValues(value, bounds.end, run);
  if (low === null || high === null) return null;
  return (bounds.startIncluded ? low >= 0 : low > 0) && (bounds.endIncluded ? high <= 0 : high < 0);
}
