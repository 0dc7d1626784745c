import type { FeelResult } from '../compiled-expression.ts';
import type { Explanation } from '../explanation.ts';
import { FeelEvaluationError } from '../feel-evaluation-error.ts';
import type { Limits } from '../limits.ts';
import { type ResultBudget, toResult } from '../values/to-result.ts';

/** Where a sub-expression stands. */
export interface Place {
  readonly text: string;
  readonly from: number;
}

/** Sub-expressions told at most; those of later items of long lists are left out. */
const mostParts = 200;

/** All values told may together be so many times as large as the result. */
const timesResult = 2;

const codeOf = (error: unknown): string =>
  error instanceof FeelEvaluationError ? error.code : 'FEEL_FAILED';

/** Keeps what each sub-expression of one evaluation gave. */
export class Recorder {
  readonly #budget: ResultBudget;
  #parts: Explanation[] = [];
  #left = mostParts;

  constructor(limits: Limits) {
    this.#budget = { limits, left: timesResult * limits.resultSize };
  }

  /** What was told at the outermost level: the whole expression, once it was evaluated. */
  get explanations(): readonly Explanation[] {
    return this.#parts;
  }

  /** Evaluates a sub-expression and keeps its value, or the error's code. */
  record(place: Place, evaluate: () => unknown): unknown {
    if (this.#left <= 0) return evaluate();
    this.#left -= 1;
    const outer = this.#parts;
    const parts: Explanation[] = [];
    this.#parts = parts;
    try {
      const value = evaluate();
      outer.push({
        ...place,
        ...this.#outcomeOf(() => toResult(value, this.#budget.limits, this.#budget)),
        parts,
      });
      return value;
    } catch (error) {
      outer.push({ ...place, error: codeOf(error), parts });
      throw error;
    } finally {
      this.#parts = outer;
    }
  }

  #outcomeOf(result: () => FeelResult): Pick<Explanation, 'value' | 'error'> {
    try {
      return { value: result() };
    } catch (error) {
      return { error: codeOf(error) };
    }
  }
}
