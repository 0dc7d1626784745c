import type { SyntaxNode } from '@lezer/common';
import type { Evaluate } from '../run/run.ts';
import { liesWithin } from '../values/range-value.ts';
import { partOf } from './children.ts';
import { compareOperator } from './compare-operator.ts';
import type { Compilation, CompileNode } from './compilation.ts';
import type { Environment } from './environment.ts';
import { compileMembership } from './membership.ts';

function compileOperand(
  node: SyntaxNode,
  environment: Environment | undefined,
  compilation: Compilation,
): Evaluate {
  if (node.name === 'SimplePositiveUnaryTest') {
    throw compilation.refuse(
      node,
      'Only a value can be compared: equal is "=", unequal is "!=", within a range is "in"',
    );
  }
  return compilation.compile(node, environment);
}

/** `a between b and c`: null where `a` cannot be compared with both. */
const compileBetween: CompileNode = (node, environment, compilation) => {
  const value = compilation.compile(partOf(node, 0, compilation), environment);
  const low = compilation.compile(partOf(node, 1, compilation), environment);
  const high = compilation.compile(partOf(node, 2, compilation), environment);
  return (frame) =>
    liesWithin(
      value(frame),
      { start: low(frame), startIncluded: true, end: high(frame), endIncluded: true },
      frame.run,
    );
};

/** `a = b` and the like, `a between b and c`, `a in …`. */
export const compileComparison: CompileNode = (node, environment, compilation) => {
  if (node.getChild('between') !== null) return compileBetween(node, environment, compilation);
  if (node.getChild('in') !== null) return compileMembership(node, environment, compilation);
  const left = compileOperand(partOf(node, 0, compilation), environment, compilation);
  const compare = compareOperator(partOf(node, 1, compilation), compilation);
  const right = compileOperand(partOf(node, 2, compilation), environment, compilation);
  return (frame) => compare(left(frame), right(frame), frame.run);
};
