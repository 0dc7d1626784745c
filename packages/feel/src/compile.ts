import type { Builtin } from './builtins/builtin.ts';
import { builtins } from './builtins/builtins.ts';
import { hostFunction } from './builtins/host-function.ts';
import type { CompileOptions } from './compile-options.ts';
import type { CompiledExpression } from './compiled-expression.ts';
import { evaluation } from './evaluation.ts';
import { completeLimits } from './limits.ts';
import type { Compilation } from './nodes/compilation.ts';
import { compileNode } from './nodes/compile-node.ts';
import { type KnownNames, knownNames } from './parse/known-names.ts';
import { type ParsedSource, parseSource } from './parse/parse-source.ts';
import { syntaxErrorAt } from './parse/source-position.ts';
import type { Evaluate } from './run/run.ts';

const builtinNames: KnownNames = knownNames([...builtins.keys()], []);

function compileTree(
  parsed: ParsedSource,
  functions: ReadonlyMap<string, Builtin>,
  names: ReadonlySet<string>,
  observe: boolean,
): { evaluate: Evaluate; references: readonly string[] } {
  const compilation: Compilation = {
    parsed,
    functions,
    names,
    references: new Set(),
    refuse: (node, message) => syntaxErrorAt(parsed, node.from, message),
    compile: (node, environment) => compileNode(node, environment, compilation, observe),
  };
  const evaluate = compilation.compile(parsed.root, undefined);
  return { evaluate, references: [...compilation.references] };
}

/**
 * Compiles a FEEL expression, once, at deployment. One leading `=` is not part of the expression. The text is
 * parsed against names alone, never against data, so that no sender can change what it means.
 * Semantics are those of FEEL-scala, which Camunda runs; see the README for the differences.
 * @throws {FeelSyntaxError} FEEL_SYNTAX
 * @example
 * const condition = compile('=request.body.detail.amount > 100');
 * condition.references;                                              // ['request']
 * condition.evaluate({ request: { body: { detail: { amount: 129.95 } } } }); // true
 */
export function compile(source: string, options: CompileOptions = {}): CompiledExpression {
  const limits = completeLimits(options.limits);
  const { clock = Date, names = [] } = options;
  const own = Object.entries(options.functions ?? {}).map(([name, made]) =>
    hostFunction(name, made),
  );
  const functions = new Map([...builtins, ...own.map((made) => [made.name, made] as const)]);
  const known =
    own.length + names.length === 0 ? builtinNames : knownNames([...functions.keys()], names);
  const parsed = parseSource(source, known, limits.sourceLength);
  const nameSet = new Set(names);
  const { evaluate, references } = compileTree(parsed, functions, nameSet, false);
  let explainable: Evaluate | undefined;
  const { run, explain } = evaluation(parsed.text, limits, () => clock.now());
  return {
    source,
    references,
    evaluate: (scope) => run(evaluate, scope),
    explain(scope) {
      explainable ??= compileTree(parsed, functions, nameSet, true).evaluate;
      return explain(explainable, scope);
    },
  };
}
