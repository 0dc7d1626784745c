import type { FeelResult } from './compiled-expression.ts';
import type { Explanation } from './explanation.ts';
import { FeelEvaluationError } from './feel-evaluation-error.ts';
import type { Limits } from './limits.ts';
import { Recorder } from './run/recorder.ts';
import { type Evaluate, type Run, tooDeep } from './run/run.ts';
import type { Scope, VariableLookup } from './scope.ts';
import { toResult } from './values/to-result.ts';

/** JSON holds no functions, so a `get` that is one tells a lookup from a record. */
const isLookup = (scope: Scope): scope is VariableLookup => typeof scope.get === 'function';

function reader(scope: Scope): (name: string) => unknown {
  if (isLookup(scope)) return (name) => scope.get(name);
  return (name) => (Object.hasOwn(scope, name) ? scope[name] : null);
}

function failure(error: unknown, limits: Limits): FeelEvaluationError {
  if (error instanceof FeelEvaluationError) return error;
  // what the engine throws when its stack is full
  if (error instanceof RangeError) return tooDeep(limits.depth, error);
  return new FeelEvaluationError('FEEL_FAILED', 'The evaluation failed', { cause: error });
}

/** The two ways to run a compiled expression. */
export interface Evaluation {
  /** @throws {FeelEvaluationError} */
  readonly run: (evaluate: Evaluate, scope: Scope) => FeelResult;
  readonly explain: (evaluate: Evaluate, scope: Scope) => Explanation;
}

/** Runs compiled nodes within limits. */
export function evaluation(
  whole: { readonly text: string },
  limits: Limits,
  now: () => number,
): Evaluation {
  const start = (scope: Scope, recorder: Recorder | undefined): Run => ({
    limits,
    now,
    read: reader(scope),
    recorder,
    stepsLeft: limits.steps,
    depth: 0,
  });
  return {
    run(evaluate, scope) {
      try {
        const frame = { run: start(scope, undefined), parent: undefined, value: null };
        return toResult(evaluate(frame), limits);
      } catch (error) {
        throw failure(error, limits);
      }
    },
    explain(evaluate, scope) {
      const recorder = new Recorder(limits);
      const place = { text: whole.text, from: 0 };
      try {
        const run = start(scope, recorder);
        const value = evaluate({ run, parent: undefined, value: null });
        const [told] = recorder.explanations;
        return told?.text === whole.text && told.from === 0
          ? told
          : { ...place, value: toResult(value, limits), parts: recorder.explanations };
      } catch (error) {
        const { code } = failure(error, limits);
        const parts = recorder.explanations;
        return parts.length === 1 && parts[0] !== undefined && parts[0].text === whole.text
          ? parts[0]
          : { ...place, error: code, parts };
      }
    },
  };
}
