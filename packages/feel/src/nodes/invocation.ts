import type { SyntaxNode } from '@lezer/common';
import type { Builtin } from '../builtins/builtin.ts';
import { FeelEvaluationError } from '../feel-evaluation-error.ts';
import { PatternProblem } from '../patterns/pattern-problem.ts';
import { charge, type Evaluate, type Frame } from '../run/run.ts';
import { FunctionValue } from '../values/function-value.ts';
import { type Arguments, argumentsOf, literalTextOf } from './arguments.ts';
import { type Arranged, arrangeArguments } from './arrange-arguments.ts';
import { partOf } from './children.ts';
import type { Compilation, CompileNode } from './compilation.ts';
import type { Environment } from './environment.ts';
import { nameOf } from './name.ts';
import { compileLocal } from './variable.ts';

const nothing: Evaluate = () => null;

function gather(values: readonly Evaluate[]): (frame: Frame) => unknown[] {
  const [first = nothing, second = nothing] = values;
  if (values.length === 1) return (frame) => [first(frame)];
  if (values.length === 2) return (frame) => [first(frame), second(frame)];
  return (frame) => values.map((value) => value(frame));
}

function prepare(builtin: Builtin, args: Arranged, node: SyntaxNode, compilation: Compilation) {
  if (builtin.prepare === undefined) return builtin.call;
  try {
    return builtin.prepare(args.map((argument) => literalTextOf(argument, compilation)));
  } catch (error) {
    if (error instanceof PatternProblem) throw compilation.refuse(node, error.message);
    throw error;
  }
}

/** A call of a built-in function; a function that does not exist, or not with such arguments, is null. */
function compileBuiltin(
  name: string,
  args: Arguments,
  node: SyntaxNode,
  compile: (argument: SyntaxNode) => Evaluate,
  compilation: Compilation,
): Evaluate {
  const builtin = compilation.functions.get(name);
  const arranged = builtin && arrangeArguments(builtin.signatures, args);
  if (builtin === undefined || arranged === undefined) return nothing;
  const values = gather(
    arranged.map((argument) => (argument === undefined ? nothing : compile(argument))),
  );
  const call = prepare(builtin, arranged, node, compilation);
  return (frame) => {
    charge(frame.run, 1);
    return call(values(frame), frame.run);
  };
}

function callFunction(callee: FunctionValue, args: Arguments, values: unknown[], frame: Frame) {
  const { names } = args;
  if (names === undefined) {
    return values.length === callee.parameters.length ? callee.invoke(values, frame.run) : null;
  }
  if (!names.every((name) => callee.parameters.includes(name))) return null;
  const ordered = callee.parameters.map((name) => values[names.indexOf(name)] ?? null);
  return callee.invoke(ordered, frame.run);
}

function isNames(node: SyntaxNode): boolean {
  if (node.name !== 'PathExpression') return node.name === 'VariableName';
  return node.firstChild !== null && isNames(node.firstChild);
}

/** `a.b(c)`: FEEL-scala fails, and so does Camunda, where `a.b` is no function. */
function compileMethod(
  callee: Evaluate,
  args: Arguments,
  compile: (argument: SyntaxNode) => Evaluate,
): Evaluate {
  const values = gather(args.nodes.map(compile));
  return (frame) => {
    const found = callee(frame);
    if (found instanceof FunctionValue) return callFunction(found, args, values(frame), frame);
    throw new FeelEvaluationError('FEEL_FAILED', 'A function called on a value does not exist');
  };
}

/** A function bound by the expression comes first; data cannot bind one. */
function compileNamed(
  local: Evaluate | undefined,
  builtin: Evaluate,
  args: Arguments,
  values: (frame: Frame) => unknown[],
): Evaluate {
  if (local === undefined) return builtin;
  return (frame) => {
    const found = local(frame);
    return found instanceof FunctionValue
      ? callFunction(found, args, values(frame), frame)
      : builtin(frame);
  };
}

function compileCall(
  callee: SyntaxNode,
  node: SyntaxNode,
  environment: Environment | undefined,
  compilation: Compilation,
): Evaluate {
  const args = argumentsOf(node, compilation);
  const compiled = new Map(
    args.nodes.map((argument) => [argument, compilation.compile(argument, environment)]),
  );
  const compile = (argument: SyntaxNode) => compiled.get(argument) ?? nothing;
  if (callee.name === 'PathExpression') {
    return compileMethod(compilation.compile(callee, environment), args, compile);
  }
  const name = nameOf(callee, compilation);
  const builtin = compileBuiltin(name, args, node, compile, compilation);
  const local = compileLocal(name, environment);
  const values = local === undefined ? () => [] : gather(args.nodes.map(compile));
  return compileNamed(local, builtin, args, values);
}

/** `f(a, b)`, `f(x: a, y: b)`, `a.f(b)` */
export const compileInvocation: CompileNode = (node, environment, compilation) => {
  const callee = partOf(node, 0, compilation);
  if (!isNames(callee)) {
    throw compilation.refuse(callee, 'Only a function with a name can be called');
  }
  return compileCall(callee, node, environment, compilation);
};
