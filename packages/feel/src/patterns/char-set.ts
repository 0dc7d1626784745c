/** Characters as bits 0 to 127; all others share bit 128. */
export type CharSet = bigint;

const others: CharSet = 1n << 128n;

/** Every character. */
export const allChars: CharSet = (1n << 129n) - 1n;

/** Characters between two, both included. */
export function charRange(from: string, to: string): CharSet {
  const start = from.codePointAt(0) ?? 0;
  const end = to.codePointAt(0) ?? 0;
  const last = Math.min(end, 127);
  const ascii = start > last ? 0n : ((1n << BigInt(last - start + 1)) - 1n) << BigInt(start);
  return end > 127 ? ascii | others : ascii;
}

/** One character. */
export const charSet = (character: string): CharSet => charRange(character, character);

/** All but these; characters beyond ASCII are kept, as one cannot tell them apart. */
export const complement = (set: CharSet): CharSet => (allChars & ~set) | others;

const digit = charRange('0', '9');
const word = digit | charRange('a', 'z') | charRange('A', 'Z') | charSet('_');
const space = charRange('\t', '\r') | charSet(' ') | others;

/** What `\d`, `\w`, `\s` and their opposites stand for. */
export const charClasses: Readonly<Record<string, CharSet>> = {
  d: digit,
  D: complement(digit),
  w: word,
  W: complement(word),
  s: space,
  S: complement(space),
};

const upper = charRange('A', 'Z');
const lower = charRange('a', 'z');
/** Letters that equal one beyond ASCII when case is ignored: the Kelvin sign and the long s. */
const twins = charSet('k') | charSet('s') | charSet('K') | charSet('S');

/** The set with both cases of its letters. */
export function ignoringCase(set: CharSet): CharSet {
  const folded = set | ((set & upper) << 32n) | ((set & lower) >> 32n);
  const far = (folded & twins) === 0n ? 0n : others;
  return folded | far | ((set & others) === 0n ? 0n : twins);
}
