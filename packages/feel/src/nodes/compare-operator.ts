import type { SyntaxNode } from '@lezer/common';
import type { Run } from '../run/run.ts';
import { equalValues } from '../values/equality.ts';
import { compareValues } from '../values/order.ts';
import { maskedTextOf } from './children.ts';
import type { Compilation } from './compilation.ts';

/** Compares two values; null where that is not possible. */
export type Compare = (a: unknown, b: unknown, run: Run) => boolean | null;

const ordered =
  (test: (order: number) => boolean): Compare =>
  (a, b, run) => {
    const order = compareValues(a, b, run);
    return order === null ? null : test(order);
  };

const unequal: Compare = (a, b, run) => {
  const equal = equalValues(a, b, run);
  return equal === null ? null : !equal;
};

const operators: Readonly<Record<string, Compare>> = {
  '=': equalValues,
  '!=': unequal,
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
};

/** The comparison that a `CompareOp` node stands for. */
export function compareOperator(node: SyntaxNode, compilation: Compilation): Compare {
  const operator = maskedTextOf(node, compilation);
  const compare = operators[operator];
  if (compare === undefined) throw compilation.refuse(node, `Unknown operator "${operator}"`);
  return compare;
}
