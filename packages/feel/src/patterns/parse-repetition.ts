import type { PatternReader } from './pattern-reader.ts';

/** How often something is repeated. */
export interface Repetition {
  readonly min: number;
  readonly max: number;
  readonly source: string;
}

/** Engines unroll repetitions with a fixed bound, so the bound is limited. */
const most = 1000;

const short: readonly Repetition[] = [
  { min: 0, max: Number.POSITIVE_INFINITY, source: '*' },
  { min: 1, max: Number.POSITIVE_INFINITY, source: '+' },
  { min: 0, max: 1, source: '?' },
];

function parseBraces(reader: PatternReader): Repetition | undefined {
  if (reader.peek() !== '{') return undefined;
  const [source, least, comma, atMost] = reader.match(/\{(\d{1,4})(,(\d{1,4})?)?\}/y) ?? [];
  if (source === undefined) {
    throw reader.problem('has a "{" that is no repetition; write \\{ for the character');
  }
  const min = Number(least);
  const bound = comma === undefined ? min : Number(atMost ?? Number.POSITIVE_INFINITY);
  if (bound < min || Math.max(min, Number(atMost ?? 0)) > most) {
    throw reader.problem(`repeats more than ${most} times, or fewer at most than at least`);
  }
  return { min, max: bound, source };
}

/** Reads `*`, `+?`, `{2,3}` and the like; undefined where there is none. @throws {PatternProblem} */
export function parseRepetition(reader: PatternReader): Repetition | undefined {
  const found = short.find(({ source }) => reader.take(source)) ?? parseBraces(reader);
  if (found === undefined) return undefined;
  const lazy = reader.take('?') ? '?' : '';
  if (/^[*+?{]/.test(reader.peek())) throw reader.problem('has a repetition of a repetition');
  return { ...found, source: `${found.source}${lazy}` };
}
