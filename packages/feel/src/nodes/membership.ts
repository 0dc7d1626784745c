import type { SyntaxNode } from '@lezer/common';
import { charge, type Frame, type Run } from '../run/run.ts';
import { equalValues } from '../values/equality.ts';
import { isList } from '../values/kind.ts';
import { liesWithin, RangeValue } from '../values/range-value.ts';
import { partOf, partsOf } from './children.ts';
import { compareOperator } from './compare-operator.ts';
import type { Compilation, CompileNode } from './compilation.ts';
import type { Environment } from './environment.ts';
import { compileLocal } from './variable.ts';

/** What stands on the right of `in`, applied to the value on its left. */
type Test = (value: unknown, frame: Frame) => boolean | null;

function isIn(value: unknown, test: unknown, run: Run): boolean | null {
  if (test instanceof RangeValue) return liesWithin(value, test.bounds, run);
  if (!isList(test)) return equalValues(value, test, run);
  charge(run, 1 + test.length);
  return test.some((item) => equalValues(value, item, run) === true);
}

const asksForInput = (node: SyntaxNode): boolean => {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === '?' || asksForInput(child)) return true;
  }
  return false;
};

function compileExpressionTest(
  node: SyntaxNode,
  environment: Environment | undefined,
  compilation: Compilation,
): Test {
  if (!asksForInput(node)) {
    const expression = compilation.compile(node, environment);
    return (value, frame) => isIn(value, expression(frame), frame.run);
  }
  const condition = compilation.compile(node, { kind: 'local', name: '?', parent: environment });
  return (value, frame) => {
    const result = condition({ run: frame.run, parent: frame, value });
    return typeof result === 'boolean' ? result : null;
  };
}

function compileTest(
  node: SyntaxNode,
  environment: Environment | undefined,
  compilation: Compilation,
): Test {
  const inner = partsOf(node)[0];
  if (node.name === 'PositiveUnaryTest' || isWrapped(node, inner)) {
    return compileTest(partOf(node, 0, compilation), environment, compilation);
  }
  if (node.name !== 'SimplePositiveUnaryTest' || inner?.name !== 'CompareOp') {
    return compileExpressionTest(node, environment, compilation);
  }
  const compare = compareOperator(inner, compilation);
  const operand = compilation.compile(partOf(node, 1, compilation), environment);
  return (value, frame) => compare(value, operand(frame), frame.run);
}

const isWrapped = (node: SyntaxNode, inner: SyntaxNode | undefined): boolean =>
  node.name === 'ParenthesizedExpression' && inner?.name === 'SimplePositiveUnaryTest';

/** `a in b`, `a in (b, > c)`: true where one test is; null where none is and one cannot tell. */
export const compileMembership: CompileNode = (node, environment, compilation) => {
  const value = compilation.compile(partOf(node, 0, compilation), environment);
  const right = partOf(node, 1, compilation);
  const nodes = right.name === 'PositiveUnaryTests' ? partsOf(right) : [right];
  const tests = nodes.map((test) => compileTest(test, environment, compilation));
  return (frame) => {
    const input = value(frame);
    let result: boolean | null = false;
    for (const test of tests) {
      const found = test(input, frame);
      if (found === true) return true;
      if (found === null) result = null;
    }
    return result;
  };
};

/** `?`: the value on the left of `in`. */
export const compileInput: CompileNode = (node, environment, compilation) => {
  const input = compileLocal('?', environment);
  if (input === undefined) {
    throw compilation.refuse(node, '"?" has a meaning only on the right of "in"');
  }
  return input;
};
