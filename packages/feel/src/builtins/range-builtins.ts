import type { Run } from '../run/run.ts';
import { equalValues } from '../values/equality.ts';
import { compareValues } from '../values/order.ts';
import { type Bounds, liesWithin, RangeValue } from '../values/range-value.ts';
import { type Builtin, predicate } from './builtin.ts';

/** A point is a range of one value. */
const boundsOf = (value: unknown): Bounds =>
  value instanceof RangeValue
    ? value.bounds
    : { start: value, startIncluded: true, end: value, endIncluded: true };

type Relation = (a: Bounds, b: Bounds, run: Run) => boolean | null;

/** Compares two ends: by value, then by which of them belongs to its range. */
function order(a: unknown, b: unknown, atTie: number, run: Run): number | null {
  const found = compareValues(a, b, run);
  return found === 0 ? atTie : found;
}

const both = (a: boolean | null, b: boolean | null): boolean | null => {
  if (a === null || b === null) return null;
  return a && b;
};

const negative = (value: number | null): boolean | null => (value === null ? null : value < 0);
const zero = (value: number | null): boolean | null => (value === null ? null : value === 0);

const before: Relation = (a, b, run) =>
  negative(order(a.end, b.start, a.endIncluded && b.startIncluded ? 1 : -1, run));

const meets: Relation = (a, b, run) =>
  zero(order(a.end, b.start, a.endIncluded && b.startIncluded ? 0 : 1, run));

const startOrder = (a: Bounds, b: Bounds, run: Run): number | null =>
  order(a.start, b.start, Number(b.startIncluded) - Number(a.startIncluded), run);

const endOrder = (a: Bounds, b: Bounds, run: Run): number | null =>
  order(a.end, b.end, Number(a.endIncluded) - Number(b.endIncluded), run);

const atMost = (value: number | null): boolean | null => (value === null ? null : value <= 0);

const starts: Relation = (a, b, run) =>
  both(zero(startOrder(a, b, run)), atMost(endOrder(a, b, run)));
const finishes: Relation = (a, b, run) =>
  both(zero(endOrder(a, b, run)), atMost(startOrder(b, a, run)));
const during: Relation = (a, b, run) =>
  both(atMost(startOrder(b, a, run)), atMost(endOrder(a, b, run)));
const coincides: Relation = (a, b, run) =>
  both(zero(startOrder(a, b, run)), zero(endOrder(a, b, run)));

const inverse = (value: boolean | null): boolean | null => (value === null ? null : !value);

const overlaps: Relation = (a, b, run) =>
  both(inverse(before(a, b, run)), inverse(before(b, a, run)));

const overlapsBefore: Relation = (a, b, run) =>
  both(overlaps(a, b, run), both(negative(startOrder(a, b, run)), atMost(endOrder(a, b, run))));

const swapped =
  (relation: Relation): Relation =>
  (a, b, run) =>
    relation(b, a, run);

/** @param points which of the two arguments may be a point. */
function relation(
  name: string,
  parameters: string,
  relate: Relation,
  points: readonly [boolean, boolean],
): Builtin {
  return predicate(name, [parameters], ([a, b], run) => {
    const fits = (value: unknown, point: boolean): boolean => point || value instanceof RangeValue;
    return fits(a, points[0]) && fits(b, points[1]) ? relate(boundsOf(a), boundsOf(b), run) : null;
  });
}

function coincide([a, b]: readonly unknown[], run: Run): unknown {
  if (a instanceof RangeValue && b instanceof RangeValue) return coincides(a.bounds, b.bounds, run);
  return a instanceof RangeValue || b instanceof RangeValue ? null : equalValues(a, b, run);
}

function includes([range, value]: readonly unknown[], run: Run): unknown {
  if (!(range instanceof RangeValue)) return null;
  return value instanceof RangeValue
    ? during(value.bounds, range.bounds, run)
    : liesWithin(value, range.bounds, run);
}

/** Relations between ranges, and between ranges and points. */
export const rangeBuiltins: readonly Builtin[] = [
  relation('before', 'a, b', before, [true, true]),
  relation('after', 'a, b', swapped(before), [true, true]),
  relation('meets', 'range1, range2', meets, [false, false]),
  relation('met by', 'range1, range2', swapped(meets), [false, false]),
  relation('overlaps', 'range1, range2', overlaps, [false, false]),
  relation('overlaps before', 'range1, range2', overlapsBefore, [false, false]),
  relation('overlaps after', 'range1, range2', swapped(overlapsBefore), [false, false]),
  relation('finishes', 'a, range', finishes, [true, false]),
  relation('finished by', 'range, b', swapped(finishes), [false, true]),
  relation('during', 'a, range', during, [true, false]),
  relation('starts', 'a, range', starts, [true, false]),
  relation('started by', 'range, b', swapped(starts), [false, true]),
  predicate('includes', ['range, point', 'range1, range2'], includes),
  predicate('coincides', ['a, b', 'range1, range2'], coincide),
];
