import { allChars, type CharSet, charSet, ignoringCase } from './char-set.ts';
import { parseCharClass } from './parse-char-class.ts';
import { literalSource, parseEscape } from './parse-escape.ts';
import { parseRepetition } from './parse-repetition.ts';
import type { PatternFlags } from './pattern-flags.ts';
import type { PatternNode } from './pattern-node.ts';
import { PatternReader } from './pattern-reader.ts';

interface State {
  readonly reader: PatternReader;
  readonly flags: PatternFlags;
  readonly depth: number;
}

/** Groups within groups; beyond it reading could exhaust the stack. */
const deepest = 50;

const setNode = ({ flags }: State, set: CharSet, source: string): PatternNode => ({
  kind: 'set',
  set: flags.ignoreCase ? ignoringCase(set) : set,
  source,
});

function parseGroup(state: State): PatternNode {
  const { reader, depth } = state;
  const look = reader.match(/\?(?:=|!|<=|<!)/y)?.[0];
  const kind = look ?? reader.match(/\?(?::|<[a-zA-Z][a-zA-Z0-9]*>)/y)?.[0] ?? '';
  if (kind === '' && reader.peek() === '?') {
    throw reader.problem('has a kind of group that is not supported');
  }
  if (depth >= deepest) throw reader.problem('has too many groups within groups');
  const body = parseChoice({ ...state, depth: depth + 1 });
  if (!reader.take(')')) throw reader.problem('has a ( without )');
  return { kind: look === undefined ? 'group' : 'look', open: `(${kind}`, body };
}

function parseBackslash(state: State): PatternNode {
  const { reader } = state;
  const boundary = reader.match(/[bB]/y)?.[0];
  if (boundary !== undefined) return { kind: 'assertion', source: `\\${boundary}` };
  if (reader.take('A')) return { kind: 'assertion', source: '(?<![^])' };
  if (reader.take('z')) return { kind: 'assertion', source: '(?![^])' };
  const { set, source } = parseEscape(reader);
  return setNode(state, set, source);
}

function parseAtom(state: State): PatternNode {
  const { reader, flags } = state;
  const character = reader.next();
  switch (character) {
    case '(':
      return parseGroup(state);
    case '[': {
      const { set, source } = parseCharClass(reader);
      return setNode(state, set, source);
    }
    case '.':
      return setNode(state, flags.dotAll ? allChars : allChars & ~charSet('\n'), '.');
    case '^':
    case '$':
      return { kind: 'assertion', source: character };
    case '\\':
      return parseBackslash(state);
    case '*':
    case '+':
    case '?':
    case '{':
      throw reader.problem(`has a "${character}" with nothing to repeat`);
    default:
      return setNode(state, charSet(character), literalSource(character));
  }
}

function parseRepeat(state: State): PatternNode {
  const { reader } = state;
  const item = parseAtom(state);
  const repetition = parseRepetition(reader);
  if (repetition === undefined) return item;
  if (item.kind === 'assertion' || item.kind === 'look') {
    throw reader.problem('repeats something that takes no characters');
  }
  return { kind: 'repeat', item, ...repetition };
}

function parseSequence(state: State): PatternNode {
  const { reader } = state;
  const items: PatternNode[] = [];
  while (!reader.ended && !/^[|)]/.test(reader.peek())) items.push(parseRepeat(state));
  return { kind: 'sequence', items };
}

function parseChoice(state: State): PatternNode {
  const first = parseSequence(state);
  const options = [first];
  while (state.reader.take('|')) options.push(parseSequence(state));
  return options.length === 1 ? first : { kind: 'choice', options };
}

/**
 * Reads a regular expression as Java's engine understands it, as far as JavaScript's does the same.
 * @throws {PatternProblem} for what is malformed, or not supported: back references, possessive and atomic
 *   groups, `\Q…\E`, POSIX classes
 */
export function parsePattern(pattern: string, flags: PatternFlags): PatternNode {
  const reader = new PatternReader(pattern);
  const root = parseChoice({ reader, flags, depth: 0 });
  if (!reader.ended) throw reader.problem('has a ) without (');
  return root;
}
