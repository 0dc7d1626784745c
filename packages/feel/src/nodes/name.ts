import type { SyntaxNode } from '@lezer/common';
import { textOf } from './children.ts';
import type { Compilation } from './compilation.ts';

const plainName = /^[\p{L}_$][\p{L}\p{N}\p{M}_$]*$/u;

/** The name that a node stands for: without backticks, blanks inside it single. */
export function nameOf(node: SyntaxNode, compilation: Compilation): string {
  const text = textOf(node, compilation).trim();
  return text.startsWith('`') ? text.slice(1, -1) : text.replace(/\s+/g, ' ');
}

/**
 * As `nameOf`, for variables and paths: these are one word, in backticks, or known to the compilation.
 * @throws {FeelSyntaxError} FEEL_SYNTAX for several words side by side, which the grammar takes for one name
 */
export function strictNameOf(node: SyntaxNode, compilation: Compilation): string {
  const text = textOf(node, compilation).trim();
  const name = nameOf(node, compilation);
  const quoted = text.startsWith('`') && text.indexOf('`', 1) === text.length - 1;
  const known = name === 'time offset' || compilation.names.has(name);
  if (quoted || known || plainName.test(text)) return name;
  throw compilation.refuse(
    node,
    `"${name}" is no name: an operator is missing, or a name with blanks or operators needs backticks`,
  );
}
