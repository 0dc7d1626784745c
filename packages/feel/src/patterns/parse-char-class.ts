import { type CharSet, charRange, charSet, complement } from './char-set.ts';
import { type Escape, literalSource, parseEscape } from './parse-escape.ts';
import type { PatternReader } from './pattern-reader.ts';

function parseMember(reader: PatternReader): Escape {
  const character = reader.next();
  if (character === '\\') return parseEscape(reader);
  if (character === '[' || (character === '&' && reader.peek() === '&')) {
    throw reader.problem('has a class within a class, which is not supported');
  }
  return { set: charSet(character), source: literalSource(character), character };
}

/** Reads what follows `[`, up to and with `]`. @throws {PatternProblem} */
export function parseCharClass(reader: PatternReader): { set: CharSet; source: string } {
  const negated = reader.take('^');
  let set: CharSet = 0n;
  let source = '';
  do {
    const from = parseMember(reader);
    const dash = reader.peek() === '-' ? reader.match(/-(?!\])/y) : null;
    const to = dash === null ? undefined : parseMember(reader);
    if (to === undefined) {
      set |= from.set;
      source += from.source;
    } else if (
      from.character === undefined ||
      to.character === undefined ||
      to.character < from.character
    ) {
      throw reader.problem('has a range of characters that is none');
    } else {
      set |= charRange(from.character, to.character);
      source += `${from.source}-${to.source}`;
    }
  } while (!reader.take(']'));
  return negated
    ? { set: complement(set), source: `[^${source}]` }
    : { set, source: `[${source}]` };
}
