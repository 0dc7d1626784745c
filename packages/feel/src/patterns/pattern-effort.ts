import type { CharSet } from './char-set.ts';
import type { PatternNode } from './pattern-node.ts';
import { PatternProblem } from './pattern-problem.ts';

/** How hard an engine that backtracks can be made to work. */
export interface PatternEffort {
  /** Work grows with this power of the input's length, at most. */
  readonly power: number;
  /** And with this factor. */
  readonly factor: number;
  /** Characters that are looked at for one try, repetitions of many counted once. */
  readonly width: number;
}

interface First {
  /** Characters that it may begin with. */
  readonly set: CharSet;
  /** Whether it may take no character. */
  readonly nullable: boolean;
}

/** What may come after a node. */
interface Follow {
  readonly set: CharSet;
  /** Nothing comes after it, so that nothing can fail after it. */
  readonly last: boolean;
  /** Within something repeated, where a second way to go on makes the work exponential. */
  readonly repeated: boolean;
}

interface Tally {
  /** Long repetitions that may end at several places. */
  ambiguous: number;
  /** Long repetitions that end at one place. */
  loops: number;
  /** Ways to go on in all short choices together. */
  ways: number;
}

/** Repetitions with more freedom than this count as long. */
const longRepetition = 10;
const mostWays = 256;

function firstOf(node: PatternNode): First {
  switch (node.kind) {
    case 'set':
      return { set: node.set, nullable: false };
    case 'assertion':
    case 'look':
      return { set: 0n, nullable: true };
    case 'group':
      return firstOf(node.body);
    case 'sequence':
      return firstOfSequence(node.items);
    case 'choice': {
      const options = node.options.map(firstOf);
      return {
        set: options.reduce((all, { set }) => all | set, 0n),
        nullable: options.some(({ nullable }) => nullable),
      };
    }
    case 'repeat': {
      const first = firstOf(node.item);
      return { set: first.set, nullable: first.nullable || node.min === 0 };
    }
  }
}

function firstOfSequence(items: readonly PatternNode[]): First {
  let set = 0n;
  for (const item of items) {
    const first = firstOf(item);
    set |= first.set;
    if (!first.nullable) return { set, nullable: false };
  }
  return { set, nullable: true };
}

const refuse = (): PatternProblem =>
  new PatternProblem(
    'The regular expression repeats something that can match a text in several ways, so that a text can be made' +
      ' on which it does not end; write it without a repetition inside a repetition, and with alternatives that' +
      ' begin with different characters',
  );

function checkSequence(items: readonly PatternNode[], follow: Follow, tally: Tally): void {
  let after = follow;
  for (const item of items.toReversed()) {
    check(item, after, tally);
    const first = firstOf(item);
    after = {
      ...after,
      set: first.nullable ? first.set | after.set : first.set,
      last: false,
    };
  }
}

function checkChoice(options: readonly PatternNode[], follow: Follow, tally: Tally): void {
  let seen = 0n;
  let overlaps = false;
  for (const option of options) {
    const first = firstOf(option);
    const set = first.nullable ? first.set | follow.set : first.set;
    overlaps ||= (seen & set) !== 0n;
    seen |= set;
    check(option, follow, tally);
  }
  if (!overlaps) return;
  if (follow.repeated) throw refuse();
  tally.ways *= options.length;
}

type Repeat = Extract<PatternNode, { kind: 'repeat' }>;

function checkRepeat({ item, min, max }: Repeat, follow: Follow, tally: Tally): void {
  const first = firstOf(item);
  const long = max - min > longRepetition;
  if (max !== min && (first.set & follow.set) !== 0n) {
    if (follow.repeated) throw refuse();
    if (long) tally.ambiguous += 1;
    else tally.ways *= max - min + 1;
  } else if (long && !follow.last) {
    tally.loops += 1;
  }
  if (item.kind === 'set') return;
  if (max <= 1) {
    check(item, follow, tally);
    return;
  }
  if (first.nullable) throw refuse();
  check(item, { set: first.set | follow.set, last: false, repeated: true }, tally);
}

function check(node: PatternNode, follow: Follow, tally: Tally): void {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      break;
    case 'look':
      check(node.body, { ...follow, set: 0n, last: false }, tally);
      break;
    case 'group':
      check(node.body, follow, tally);
      break;
    case 'sequence':
      checkSequence(node.items, follow, tally);
      break;
    case 'choice':
      checkChoice(node.options, follow, tally);
      break;
    case 'repeat':
      checkRepeat(node, follow, tally);
      break;
  }
}

const sum = (nodes: readonly PatternNode[]): number =>
  nodes.reduce((all, node) => all + widthOf(node), 0);

function widthOf(node: PatternNode): number {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return 1;
    case 'look':
    case 'group':
      return widthOf(node.body);
    case 'sequence':
      return sum(node.items);
    case 'choice':
      return sum(node.options);
    case 'repeat': {
      const times = node.max - node.min > longRepetition ? node.min : node.max;
      return widthOf(node.item) * Math.max(1, times);
    }
  }
}

function isAnchored(node: PatternNode): boolean {
  if (node.kind === 'choice') return node.options.every(isAnchored);
  if (node.kind === 'group') return isAnchored(node.body);
  if (node.kind === 'sequence') return node.items[0] !== undefined && isAnchored(node.items[0]);
  return node.kind === 'assertion' && (node.source === '^' || node.source === '(?<![^])');
}

/**
 * Bounds the work of a backtracking engine: inside a repetition each next character must decide how to go on
 * (else the work is exponential, and the pattern refused); outside, each long repetition that can end at several
 * places costs one power of the length. Refuses when unsure.
 * @throws {PatternProblem}
 */
export function patternEffort(node: PatternNode, multiline: boolean): PatternEffort {
  const tally: Tally = { ambiguous: 0, loops: 0, ways: 1 };
  check(node, { set: 0n, last: true, repeated: false }, tally);
  const searching = multiline || !isAnchored(node) ? 1 : 0;
  if (tally.ways > mostWays) throw refuse();
  return {
    power: Math.max(1, tally.ambiguous + Math.min(1, tally.loops) + searching),
    factor: tally.ways,
    width: widthOf(node),
  };
}
