import type { SyntaxNode } from '@lezer/common';
import { partOf, partsOf, textOf } from './children.ts';
import type { Compilation } from './compilation.ts';
import { nameOf } from './name.ts';
import { unescapeText } from './unescape-text.ts';

/** The arguments of a call as written. */
export interface Arguments {
  readonly nodes: readonly SyntaxNode[];
  /** Their names, in the order of `nodes`; undefined where they go by position. */
  readonly names: readonly string[] | undefined;
}

/** Reads the arguments of a `FunctionInvocation`. */
export function argumentsOf(node: SyntaxNode, compilation: Compilation): Arguments {
  const named = node.getChild('NamedParameters');
  const positional = node.getChild('PositionalParameters');
  if (named === null) {
    return { nodes: positional === null ? [] : partsOf(positional), names: undefined };
  }
  const parameters = partsOf(named);
  return {
    nodes: parameters.map((parameter) => partOf(parameter, 1, compilation)),
    names: parameters.map((parameter) => nameOf(partOf(parameter, 0, compilation), compilation)),
  };
}

/** The text of a literal; undefined for anything else. */
export const literalTextOf = (
  node: SyntaxNode | undefined,
  compilation: Compilation,
): string | undefined =>
  node?.name === 'StringLiteral' ? unescapeText(textOf(node, compilation)) : undefined;
