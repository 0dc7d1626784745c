import { charge, type Run } from '../run/run.ts';
import { add, divide, multiply } from '../values/decimal-arithmetic.ts';
import { isList, isNumber } from '../values/kind.ts';
import { compareValues } from '../values/order.ts';
import { type Builtin, builtin, type Call, predicate } from './builtin.ts';

type List = readonly unknown[];

/** Takes one list, or the items as arguments; what is neither (one argument that is no list) is null. */
const onItems =
  (call: (items: List, run: Run) => unknown): Call =>
  (args: List, run: Run) => {
    const [first] = args;
    if (args.length === 1 && !isList(first)) return null;
    const items = args.length === 1 && isList(first) ? first : args;
    charge(run, 1 + items.length);
    return call(items, run);
  };

/** @param steps further ones for each item, where numbers are sorted or counted. */
const onNumbers = (call: (numbers: readonly number[]) => unknown, steps = 0): Call =>
  onItems((items, run) => {
    if (!items.every(isNumber)) return null;
    charge(run, steps * items.length);
    const value = call(items);
    return typeof value === 'number' && !Number.isFinite(value) ? null : value;
  });

/** The item that none is before; null where some have no order among them. */
const extreme = (sign: 1 | -1): Call =>
  onItems((items, run) => {
    let best: unknown = items[0] ?? null;
    for (const item of items) {
      const order = compareValues(item, best, run);
      if (order === null) return null;
      if (order * sign > 0) best = item;
    }
    return best;
  });

const sum = (numbers: readonly number[]): number => numbers.reduce(add, 0);

const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : divide(sum(numbers), numbers.length);

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

function median(numbers: readonly number[]): number | null {
  const inOrder = sorted(numbers);
  const middle = numbers.length / 2;
  return mean(inOrder.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
}

function standardDeviation(numbers: readonly number[]): number | null {
  const average = mean(numbers);
  if (average === null || numbers.length < 2) return null;
  const squares = numbers.map((value) => (value - average) ** 2);
  return Math.sqrt(sum(squares) / (numbers.length - 1));
}

function mode(numbers: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of numbers) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0);
  return sorted([...counts].flatMap(([value, count]) => (count === most ? [value] : [])));
}

/** `decisive` where one item is; null where one is no boolean; else the opposite. */
const quantified = (decisive: boolean): Call =>
  onItems((items) => {
    if (items.includes(decisive)) return decisive;
    return items.every((item) => item === !decisive) ? !decisive : null;
  });

const items = ['...list'];

/** Functions that make one value of many. */
export const aggregateBuiltins: readonly Builtin[] = [
  builtin('min', items, extreme(-1)),
  builtin('max', items, extreme(1)),
  builtin('sum', items, onNumbers(sum)),
  builtin(
    'product',
    items,
    onNumbers((numbers) => numbers.reduce(multiply, 1)),
  ),
  builtin('mean', items, onNumbers(mean)),
  builtin('median', items, onNumbers(median, 2)),
  builtin('stddev', items, onNumbers(standardDeviation)),
  builtin('mode', items, onNumbers(mode, 6)),
  predicate('all', items, quantified(false)),
  predicate('any', items, quantified(true)),
];
