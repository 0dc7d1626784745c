/** Why pairs could not be read. */
export type PairsProblem = 'malformed' | 'too-many' | 'forbidden-key';

/** Name → first value. Without prototype. */
export type Pairs = Record<string, string>;

/**
 * Reads `a=1&b=2` as WHATWG's URL standard (application/x-www-form-urlencoded) has it, but bounded, and
 * strict about percent-encoding and UTF-8. Of duplicate names the first wins, as in Camunda.
 */
export function parsePairs(text: string, maxPairs: number): Pairs | PairsProblem {
  const pairs: Pairs = Object.create(null);
  if (text === '') return pairs;
  const parts = text.split('&', maxPairs + 1);
  if (parts.length > maxPairs) return 'too-many';
  for (const part of parts) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodePart(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? '' : decodePart(part.slice(equals + 1));
    if (name === undefined || value === undefined) return 'malformed';
    if (name === '__proto__') return 'forbidden-key';
    pairs[name] ??= value;
  }
  return pairs;
}

/** A name or value as it reads; undefined where it is malformed. */
export function decodePart(text: string): string | undefined {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}
