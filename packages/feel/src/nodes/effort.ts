import type { SyntaxNode } from '@lezer/common';

/** Characters of an expression that are evaluated in one step, on average. */
const charactersPerStep = 24;

/** Steps that evaluating a node once takes, without what its functions and lists are charged for. */
export const effortOf = ({ from, to }: SyntaxNode): number =>
  1 + Math.floor((to - from) / charactersPerStep);
