/** Matches, at a position, the longest name that is not one plain word. */
export interface KnownNames {
  /** Length of the name that stands at `offset`, 0 where there is none. */
  lengthAt(text: string, offset: number): number;
}

const escapeWord = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const spaced = (name: string): string => name.trim().split(/\s+/).map(escapeWord).join('\\s+');

const alternatives = (names: readonly string[]): string =>
  [...names]
    .sort((a, b) => b.length - a.length)
    .map(spaced)
    .join('|');

/**
 * @param functions names of functions: taken as a name only where `(` follows.
 * @param variables names of variables with blanks or operators: taken wherever they stand.
 */
export function knownNames(functions: readonly string[], variables: readonly string[]): KnownNames {
  const parts = [
    ...(variables.length > 0 ? [`(?:${alternatives(variables)})(?![\\p{L}\\p{N}_$])`] : []),
    ...(functions.length > 0 ? [`(?:${alternatives(functions)})(?=\\s*\\()`] : []),
  ];
  const pattern = new RegExp(parts.join('|') || '(?!)', 'uy');
  return {
    lengthAt(text, offset) {
      pattern.lastIndex = offset;
      return pattern.exec(text)?.[0].length ?? 0;
    },
  };
}
