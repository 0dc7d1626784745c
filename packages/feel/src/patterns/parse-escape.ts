import { allChars, type CharSet, charClasses, charSet } from './char-set.ts';
import type { PatternReader } from './pattern-reader.ts';

/** What a backslash and the characters behind it stand for. */
export interface Escape {
  readonly set: CharSet;
  readonly source: string;
  /** The one character, where it is one. */
  readonly character: string | undefined;
}

const controls: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  v: '\v',
};

/** A character so written that it has no other meaning. */
export const literalSource = (character: string): string =>
  /[\\^$.*+?()[\]{}|/-]/.test(character)
    ? `\\u00${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`
    : character;

const literal = (character: string): Escape => ({
  set: charSet(character),
  source: literalSource(character),
  character,
});

/** Reads what follows a backslash, in and out of `[…]`. @throws {PatternProblem} */
export function parseEscape(reader: PatternReader): Escape {
  const code = reader.match(/(?:x([\da-fA-F]{2})|u([\da-fA-F]{4}))/y);
  if (code !== null)
    return literal(String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '', 16)));
  const property = reader.match(/[pP]\{(?:L|Lu|Ll|Lt|M|N|Nd|P|S|Z)\}/y);
  if (property !== null) return { set: allChars, source: `\\${property[0]}`, character: undefined };
  const character = reader.next();
  const known = charClasses[character];
  if (known !== undefined) return { set: known, source: `\\${character}`, character: undefined };
  const control = controls[character];
  if (control !== undefined) return literal(control);
  if (/[\p{L}\p{N}]/u.test(character))
    throw reader.problem(`uses \\${character}, which is not supported`);
  return literal(character);
}
