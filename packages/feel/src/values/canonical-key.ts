import { charge, chargeConversion, deeper, type Run } from '../run/run.ts';
import { type FeelContext, isContext, isList, kindOf } from './kind.ts';

function contextKey(context: FeelContext, run: Run): string {
  const keys = Object.keys(context).sort();
  charge(run, 1 + keys.length);
  const entries = keys.map((key) => `${JSON.stringify(key)}:${canonicalKey(context[key], run)}`);
  return `{${entries.join()}}`;
}

/** A text that is the same for equal values only, so that a Set finds them without comparing all pairs. */
export function canonicalKey(value: unknown, run: Run): string {
  if (typeof value === 'string') {
    chargeConversion(run, value.length);
    return JSON.stringify(value);
  }
  if (isList(value)) {
    charge(run, 1 + value.length);
    return deeper(run, () => `[${value.map((item) => canonicalKey(item, run)).join()}]`);
  }
  if (isContext(value)) return deeper(run, () => contextKey(value, run));
  const kind = kindOf(value);
  return kind === 'null' ? 'null' : `${kind} ${String(value)}`;
}
