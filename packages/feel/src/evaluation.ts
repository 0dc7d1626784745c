import type { FeelResult } from './compiled-expression.ts';
import type { Explanation } from './explanation.ts';
import { FeelEvaluationError } from './feel-evaluation-error.ts';
import type { Limits } from './limits.ts';
import { type Place, Recorder } from './run/recorder.ts';
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
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return tooDeep(limits.depth, error);
  }
  return new FeelEvaluationError('FEEL_FAILED', 'The evaluation failed', { cause: error });
}

/** What was told of the whole; an expression that is one literal is not told by itself. */
function explanationOf(
  place: Place,
  outcome: Pick<Explanation, 'value' | 'error'>,
  parts: readonly Explanation[],
): Explanation {
  const [first] = parts;
  return first !== undefined && parts.length === 1 && first.text === place.text
    ? first
    : { ...place, ...outcome, parts };
}

/** The two ways to run a compiled expression. */
export interface Evaluation {
  /** @throws {FeelEvaluationError} */
  readonly run: (evaluate: Evaluate, scope: Scope) => FeelResult;
  readonly explain: (evaluate: Evaluate, scope: Scope) => Explanation;
}

/** Runs compiled nodes within limits. @param text the whole expression. */
export function evaluation(text: string, limits: Limits, now: () => number): Evaluation {
  function run(evaluate: Evaluate, scope: Scope, recorder: Recorder | undefined): FeelResult {
    const made: Run = {
      limits,
      now,
      read: reader(scope),
      recorder,
      stepsLeft: limits.steps,
      depth: 0,
    };
    try {
      return toResult(evaluate({ run: made, parent: undefined, value: null }), limits);
    } catch (error) {
      throw failure(error, limits);
    }
  }
  return {
    run: (evaluate, scope) => run(evaluate, scope, undefined),
    explain(evaluate, scope) {
      const recorder = new Recorder(limits);
      const place = { text, from: 0 };
      try {
        const value = run(evaluate, scope, recorder);
        return explanationOf(place, { value }, recorder.explanations);
      } catch (error) {
        const { code } = failure(error, limits);
        return explanationOf(place, { error: code }, recorder.explanations);
      }
    },
  };
}
