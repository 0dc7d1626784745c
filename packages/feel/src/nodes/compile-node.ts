import type { SyntaxNode } from '@lezer/common';
import type { Evaluate } from '../run/run.ts';
import { compileArithmetic } from './arithmetic.ts';
import { textOf } from './children.ts';
import { compileComparison } from './comparison.ts';
import type { Compilation, CompileNode } from './compilation.ts';
import { compileContext } from './context.ts';
import type { Environment } from './environment.ts';
import { compileFilter } from './filter.ts';
import { compileFunctionDefinition } from './function-definition.ts';
import { compileInstanceOf } from './instance-of.ts';
import { compileInvocation } from './invocation.ts';
import { compileFor, compileQuantified } from './iteration.ts';
import { compileList } from './list.ts';
import {
  compileBoolean,
  compileNull,
  compileNumber,
  compileTemporal,
  compileText,
} from './literal.ts';
import { compileConjunction, compileDisjunction, compileIf, compileParentheses } from './logic.ts';
import { compileInput } from './membership.ts';
import { compilePath } from './path.ts';
import { compileRange } from './range.ts';
import { compileVariable } from './variable.ts';

const literals: Readonly<Record<string, CompileNode>> = {
  null: compileNull,
  BooleanLiteral: compileBoolean,
  NumericLiteral: compileNumber,
  StringLiteral: compileText,
  DateTimeLiteral: compileTemporal,
};

const expressions: Readonly<Record<string, CompileNode>> = {
  VariableName: compileVariable,
  PathExpression: compilePath,
  List: compileList,
  Context: compileContext,
  ParenthesizedExpression: compileParentheses,
  ArithmeticExpression: compileArithmetic,
  Comparison: compileComparison,
  Conjunction: compileConjunction,
  Disjunction: compileDisjunction,
  IfExpression: compileIf,
  ForExpression: compileFor,
  QuantifiedExpression: compileQuantified,
  FilterExpression: compileFilter,
  FunctionInvocation: compileInvocation,
  FunctionDefinition: compileFunctionDefinition,
  InstanceOfExpression: compileInstanceOf,
  SimplePositiveUnaryTest: compileRange,
  '?': compileInput,
};

/** Makes the evaluation keep its value, where somebody wants to know. */
function observed(node: SyntaxNode, evaluate: Evaluate, compilation: Compilation): Evaluate {
  const place = { text: textOf(node, compilation), from: node.from };
  return (frame) => {
    const { recorder } = frame.run;
    return recorder === undefined ? evaluate(frame) : recorder.record(place, () => evaluate(frame));
  };
}

/** Compiles any expression. @param observe whether evaluations are to be told to a recorder. */
export function compileNode(
  node: SyntaxNode,
  environment: Environment | undefined,
  compilation: Compilation,
  observe: boolean,
): Evaluate {
  const literal = literals[node.name];
  if (literal !== undefined) return literal(node, environment, compilation);
  const compile = expressions[node.name];
  if (compile === undefined) {
    throw compilation.refuse(node, `"${textOf(node, compilation)}" is not supported here`);
  }
  const evaluate = compile(node, environment, compilation);
  return observe && node.name !== 'ParenthesizedExpression'
    ? observed(node, evaluate, compilation)
    : evaluate;
}
