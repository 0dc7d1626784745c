import type { Tree } from '@lezer/common';
import { parseExpression } from 'feelin';

/** Something that may stand in an expression beside operators. */
interface Continuation {
  readonly name: string;
  /** How the expression would go on with it. */
  readonly text: string;
  /** The bracket it belongs to, which must be the innermost open one. */
  readonly within?: string;
  /** The keyword it belongs to. */
  readonly after?: RegExp;
}

const continuations: readonly Continuation[] = [
  // Not a name, which would join the name before it.
  { name: 'a value', text: ' "x"' },
  { name: '":"', text: ':', within: '{' },
  { name: '","', text: ',' },
  { name: '")"', text: ')', within: '(' },
  { name: '"]"', text: ']', within: '[' },
  { name: '"}"', text: '}', within: '{' },
  { name: '"in"', text: ' in', after: /\b(?:for|some|every)\b(?!.*\bin\b)/s },
  { name: '"then"', text: ' then', after: /\bif\b/ },
  { name: '"else"', text: ' else', after: /\bthen\b/ },
  { name: '"return"', text: ' return', after: /\bfor\b/ },
  { name: '"satisfies"', text: ' satisfies', after: /\b(?:some|every)\b/ },
];

function firstErrorOf(text: string): number {
  let first = Number.POSITIVE_INFINITY;
  const tree: Tree = parseExpression(text, {}, 'camunda');
  tree.iterate({
    enter(node) {
      if (node.type.isError) first = Math.min(first, node.from);
    },
  });
  return first;
}

function innermostBracket(text: string): string | undefined {
  const open: string[] = [];
  for (const sign of text) {
    if ('([{'.includes(sign)) open.push(sign);
    else if (')]}'.includes(sign)) open.pop();
  }
  return open.at(-1);
}

/**
 * Finds what could stand at a place where the parser stumbled, by asking the parser: whatever lets the expression
 * go on without an error up to there.
 * @param before the masked expression up to that place.
 */
export function findExpected(before: string): readonly string[] {
  const begun = before.trimEnd();
  const bracket = innermostBracket(begun);
  const found = continuations.filter(({ text, within, after }) => {
    if ((within !== undefined && within !== bracket) || after?.test(begun) === false) return false;
    return firstErrorOf(begun + text) >= begun.length + text.length;
  });
  const names = found.map(({ name }) => name);
  const isWhole = begun !== '' && firstErrorOf(begun) === Number.POSITIVE_INFINITY;
  return isWhole ? [...names, 'an operator', 'the end'] : names;
}
