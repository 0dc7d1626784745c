/** A case of `data/corpus.json`. */
export interface CorpusCase {
  readonly id: string;
  readonly expression: string;
  readonly context: string;
  readonly expected: { readonly status: string; readonly value?: unknown };
  readonly compare: 'exact' | 'unordered' | 'json' | 'type';
  readonly difference?: string;
}

interface Corpus {
  readonly contexts: Readonly<Record<string, Record<string, unknown>>>;
  readonly cases: readonly CorpusCase[];
}

/** Reads the conformance set. */
export function readCorpus(text: string): Corpus {
  return JSON.parse(text);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Java leaves out seconds of 0 and names a zone behind the offset. */
const normalTime = (text: string): string =>
  text.replace(/(T|^)(\d\d:\d\d)(?!:|\d)/, '$1$2:00').replace(/\[.*\]$/, '');

/** Plain data of an expected value: what a result of ours is. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  const type = value['$feel'];
  if (type === 'function') return null;
  if (typeof type === 'string') return normalTime(String(value['value']));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

const sorted = (items: readonly unknown[]): unknown[] =>
  [...items].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

/** Equal, numbers to 12 digits: FEEL-scala calculates with decimals, we with doubles. */
function equal(a: unknown, b: unknown, unordered: boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right] = unordered ? [sorted(a), sorted(b)] : [a, b];
    return (
      left.length === right.length && left.every((item, i) => equal(item, right[i], unordered))
    );
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key], unordered))
    );
  }
  return a === b;
}

/** Whether an outcome is the expected one, in the way the case is to be compared. */
export function agrees(
  { expected, compare }: CorpusCase,
  outcome: { readonly status: string; readonly value?: unknown },
): boolean {
  if (expected.status !== outcome.status) return false;
  if (expected.status !== 'ok') return true;
  const wanted = plain(expected.value);
  if (compare === 'type') return typeof wanted === typeof outcome.value;
  if (compare === 'json') {
    return equal(JSON.parse(String(wanted)), JSON.parse(String(outcome.value)), false);
  }
  return equal(wanted, outcome.value, compare === 'unordered');
}
