import { charge, type Run } from '../run/run.ts';
import { entryOf, putEntry } from '../values/context-entries.ts';
import { type FeelContext, isContext, isList, isText } from '../values/kind.ts';
import { type Builtin, builtin } from './builtin.ts';

function copy(context: FeelContext, run: Run): FeelContext {
  // spread defines own keys, so that __proto__ stays one
  const made = { ...context };
  charge(run, 1 + 2 * Object.keys(made).length);
  return made;
}

function getValue([context, key]: readonly unknown[], run: Run): unknown {
  if (!isContext(context)) return null;
  if (isText(key)) return entryOf(context, key);
  if (!isList(key) || key.length === 0 || !key.every(isText)) return null;
  charge(run, key.length);
  return key.reduce<unknown>((at, part) => (isContext(at) ? entryOf(at, part) : null), context);
}

function getEntries([context]: readonly unknown[], run: Run): unknown {
  if (!isContext(context)) return null;
  const keys = Object.keys(context);
  charge(run, 1 + keys.length);
  return keys.map((key) => ({ key, value: entryOf(context, key) }));
}

function putAt(
  context: FeelContext,
  keys: readonly string[],
  value: unknown,
  run: Run,
): FeelContext {
  const [key, ...rest] = keys;
  const made = copy(context, run);
  if (key === undefined) return made;
  const inner = entryOf(context, key);
  const below = () => putAt(isContext(inner) ? inner : {}, rest, value, run);
  putEntry(made, key, rest.length === 0 ? value : below());
  return made;
}

/** Contexts on the way that are missing are made. */
const longestKeys = 64;

function contextPut([context, key, value]: readonly unknown[], run: Run): unknown {
  const keys = isText(key) ? [key] : key;
  if (!isContext(context) || !isList(keys) || keys.length === 0) return null;
  if (keys.length > longestKeys || !keys.every(isText)) return null;
  return putAt(context, keys, value, run);
}

function merge(args: readonly unknown[], run: Run): unknown {
  const [first] = args;
  const contexts = args.length === 1 && isList(first) ? first : args;
  if (!contexts.every(isContext)) return null;
  const merged: FeelContext = {};
  for (const context of contexts) {
    const keys = Object.keys(context);
    charge(run, 1 + keys.length);
    for (const key of keys) putEntry(merged, key, context[key]);
  }
  return merged;
}

/** Entries are contexts with a text as `key` and a `value`; of equal keys the last wins. */
function contextOf([entries]: readonly unknown[], run: Run): unknown {
  const list = isContext(entries) ? [entries] : entries;
  if (!isList(list)) return null;
  charge(run, 1 + list.length);
  const made: FeelContext = {};
  for (const entry of list) {
    const key = isContext(entry) ? entryOf(entry, 'key') : null;
    if (!isText(key) || !isContext(entry) || !Object.hasOwn(entry, 'value')) return null;
    putEntry(made, key, entryOf(entry, 'value'));
  }
  return made;
}

const put = ['context, key, value', 'context, keys, value'];

/** Functions on contexts. */
export const contextBuiltins: readonly Builtin[] = [
  builtin('get value', ['context, key', 'context, keys', 'm, key'], getValue),
  builtin('get entries', ['context', 'm'], getEntries),
  builtin('context put', put, contextPut),
  builtin('put', put, contextPut),
  builtin('context merge', ['...contexts'], merge),
  builtin('put all', ['...contexts'], merge),
  builtin('context', ['entries'], contextOf),
];
