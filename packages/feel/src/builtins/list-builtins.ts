import { charge, deeper, type Run } from '../run/run.ts';
import { canonicalKey } from '../values/canonical-key.ts';
import { equalValues } from '../values/equality.ts';
import { FunctionValue } from '../values/function-value.ts';
import { isList, isNumber } from '../values/kind.ts';
import { type Builtin, builtin, type Call, predicate } from './builtin.ts';

type List = readonly unknown[];

/** For functions whose first argument is a list; null for anything else. */
const onList =
  (call: (list: List, args: readonly unknown[], run: Run) => unknown): Call =>
  ([list, ...args], run) => {
    if (!isList(list)) return null;
    charge(run, 1 + list.length);
    return call(list, args, run);
  };

/** Index from 0 of a position from 1, or from the end where negative; undefined out of range. */
function indexOfPosition(list: List, position: unknown): number | undefined {
  if (!isNumber(position) || !Number.isInteger(position)) return undefined;
  const index = position > 0 ? position - 1 : list.length + position;
  return position !== 0 && index >= 0 && index < list.length ? index : undefined;
}

function sublist(list: List, [position, length]: List): unknown {
  const start = indexOfPosition(list, position);
  if (length !== undefined && !isNumber(length)) return null;
  if (start === undefined) return isNumber(position) ? [] : null;
  return list.slice(start, length === undefined ? undefined : start + Math.max(0, length));
}

function insertBefore(list: List, [position, item]: List): unknown {
  const index = position === list.length + 1 ? list.length : indexOfPosition(list, position);
  return index === undefined ? null : list.toSpliced(index, 0, item);
}

function remove(list: List, [position]: List): unknown {
  const index = indexOfPosition(list, position);
  return index === undefined ? list : list.toSpliced(index, 1);
}

function replace(list: List, [match, item]: List, run: Run): unknown {
  if (match instanceof FunctionValue) {
    return list.map((old) => (match.invoke([old, item], run) === true ? item : old));
  }
  const index = indexOfPosition(list, match);
  return index === undefined ? null : list.with(index, item);
}

function concatenate(args: List, run: Run): unknown[] {
  charge(run, args.length);
  for (const list of args) if (isList(list)) charge(run, list.length);
  return args.flat();
}

/** Items that are equal to none before them; with `repeated` those that are, once each. */
function distinct(list: List, run: Run, repeated: boolean): unknown[] {
  const counts = new Map<string, number>();
  charge(run, 6 * list.length);
  return list.filter((item) => {
    const key = canonicalKey(item, run);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === (repeated ? 2 : 1);
  });
}

function flatten(list: List, run: Run): unknown[] {
  charge(run, 1 + list.length);
  return deeper(run, () => list.flatMap((item) => (isList(item) ? flatten(item, run) : [item])));
}

function indexOf(list: List, [match]: List, run: Run): number[] {
  return list.flatMap((item, index) => (equalValues(item, match, run) === true ? [index + 1] : []));
}

function sort(list: List, [precedes]: List, run: Run): unknown {
  if (!(precedes instanceof FunctionValue) || precedes.parameters.length !== 2) return null;
  const before = (a: unknown, b: unknown): boolean => precedes.invoke([a, b], run) === true;
  return [...list].sort((a, b) => {
    if (before(a, b)) return -1;
    return before(b, a) ? 1 : 0;
  });
}

function partition(list: List, [size]: List, run: Run): unknown {
  if (!isNumber(size) || size < 1) return null;
  charge(run, list.length);
  const length = Math.floor(size);
  return Array.from({ length: Math.ceil(list.length / length) }, (_, index) =>
    list.slice(index * length, (index + 1) * length),
  );
}

const contains = (list: List, [element]: List, run: Run): boolean =>
  list.some((item) => equalValues(item, element, run) === true);

/** Functions on lists. */
export const listBuiltins: readonly Builtin[] = [
  predicate('list contains', ['list, element'], onList(contains)),
  builtin(
    'count',
    ['list'],
    onList((list) => list.length),
  ),
  predicate('is empty', ['list'], ([list]) => (isList(list) ? list.length === 0 : null)),
  builtin('sublist', ['list, start position', 'list, start position, length'], onList(sublist)),
  builtin(
    'append',
    ['list, ...items'],
    onList((list, items) => [...list, ...items]),
  ),
  builtin('concatenate', ['...lists'], concatenate),
  builtin('insert before', ['list, position, newItem'], onList(insertBefore)),
  builtin('remove', ['list, position'], onList(remove)),
  builtin('list replace', ['list, position, newItem', 'list, match, newItem'], onList(replace)),
  builtin(
    'reverse',
    ['list'],
    onList((list) => list.toReversed()),
  ),
  builtin('index of', ['list, match'], onList(indexOf)),
  builtin('union', ['...lists'], (args, run) => distinct(concatenate(args, run), run, false)),
  builtin(
    'distinct values',
    ['list'],
    onList((list, _, run) => distinct(list, run, false)),
  ),
  builtin(
    'duplicate values',
    ['list'],
    onList((list, _, run) => distinct(list, run, true)),
  ),
  builtin(
    'flatten',
    ['list'],
    onList((list, _, run) => flatten(list, run)),
  ),
  builtin('sort', ['list, precedes'], onList(sort)),
  builtin('partition', ['list, size'], onList(partition)),
];
