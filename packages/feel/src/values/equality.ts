import { charge, chargeText, deeper, type Run } from '../run/run.ts';
import { InternalValue } from './internal-value.ts';
import { type FeelContext, isContext, isList, kindOf } from './kind.ts';

/** Comparing texts up to this length takes no time to speak of. */
const shortText = 64;

function equalLists(a: readonly unknown[], b: readonly unknown[], run: Run): boolean {
  if (a.length !== b.length) return false;
  charge(run, 1 + a.length);
  return deeper(run, () => a.every((item, index) => equalValues(item, b[index], run) === true));
}

function equalContexts(a: FeelContext, b: FeelContext, run: Run): boolean {
  const keys = Object.keys(a);
  const others = Object.keys(b);
  charge(run, 1 + keys.length + others.length);
  if (keys.length !== others.length) return false;
  return deeper(run, () =>
    keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key], b[key], run) === true),
  );
}

function equalComposites(a: unknown, b: unknown, run: Run): boolean | null {
  const kind = kindOf(a);
  const other = kindOf(b);
  if (kind === 'null' || other === 'null') return kind === other;
  if (kind !== other) return null;
  if (isList(a) && isList(b)) return equalLists(a, b, run);
  if (isContext(a) && isContext(b)) return equalContexts(a, b, run);
  return a instanceof InternalValue && b instanceof InternalValue ? a.equals(b) : a === b;
}

function equalTexts(a: string, b: string, run: Run): boolean {
  if (a.length !== b.length) return false;
  if (a.length > shortText) chargeText(run, a.length);
  return a === b;
}

/** Null equals only null; values of unlike types are neither equal nor unequal: null. */
export function equalValues(a: unknown, b: unknown, run: Run): boolean | null {
  if (typeof a === 'string' && typeof b === 'string') return equalTexts(a, b, run);
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  return equalComposites(a, b, run);
}
