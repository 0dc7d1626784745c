import type { SyntaxNode } from '@lezer/common';
import type { Compilation } from './compilation.ts';

/** The children that are expressions or parts of them: no punctuation, no keywords. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (/^[A-Z?]/.test(child.name) || child.name === 'null') parts.push(child);
  }
  return parts;
}

/** The part at an index of a node the grammar found complete. */
export function partOf(node: SyntaxNode, index: number, { refuse }: Compilation): SyntaxNode {
  const part = partsOf(node)[index];
  if (part === undefined) throw refuse(node, 'The expression is incomplete here');
  return part;
}

/** The text of a node as the author wrote it. */
export const textOf = ({ from, to }: SyntaxNode, { parsed }: Compilation): string =>
  parsed.text.slice(from, to);

/** The text of a node without comments. */
export const maskedTextOf = ({ from, to }: SyntaxNode, { parsed }: Compilation): string =>
  parsed.masked.slice(from, to).trim();
