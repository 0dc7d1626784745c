import { charge, chargeTemporal, deeper, type Run } from '../run/run.ts';
import { entryOf } from './context-entries.ts';
import { InternalValue } from './internal-value.ts';
import { isContext, isList } from './kind.ts';

function readItems(list: readonly unknown[], key: string, run: Run): unknown[] {
  charge(run, 1 + list.length);
  return deeper(run, () => list.map((item) => readPath(item, key, run)));
}

/** An offset is asked of the zone's rules, which is slower than all else. */
const offsetTurns = 8;

function readProperty(value: InternalValue, key: string, run: Run): unknown {
  for (let left = key === 'time offset' ? offsetTurns : 1; left > 0; left -= 1) chargeTemporal(run);
  return value.property(key);
}

/** One step of a path: an own key of a context, a property of a temporal value, each item's of a list; else null. */
export function readPath(value: unknown, key: string, run: Run): unknown {
  if (typeof value !== 'object' || value === null) return null;
  if (isList(value)) return readItems(value, key, run);
  if (isContext(value)) return entryOf(value, key);
  return value instanceof InternalValue ? readProperty(value, key, run) : null;
}
