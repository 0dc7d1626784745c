import type { Explanation } from './explanation.ts';
import type { Scope } from './scope.ts';

/** Plain JSON data: all that an evaluation returns. */
export type FeelResult =
  | null
  | boolean
  | number
  | string
  | FeelResult[]
  | { [key: string]: FeelResult };

/** An expression parsed once, at deployment. Evaluating it parses nothing and copies no data. */
export interface CompiledExpression {
  /** The text as it was given, a leading `=` included. */
  readonly source: string;
  /** Names of the variables that the expression reads, without paths: `['request']`. */
  readonly references: readonly string[];
  /**
   * @throws {FeelEvaluationError} a limit was exceeded, `assert` was false, or a connector function got
   *   wrong arguments. Missing variables and wrong types are no errors: they give null, as in FEEL.
   */
  evaluate(scope: Scope): FeelResult;
  /** Evaluates again and tells the value of each sub-expression. Compiled on first use. */
  explain(scope: Scope): Explanation;
}
