import type { FeelResult } from './compiled-expression.ts';

/** A sub-expression with the value it had, and what it was made of. */
export interface Explanation {
  /** The text of the sub-expression. */
  readonly text: string;
  /** Offset of `text` in the expression without its leading `=`. */
  readonly from: number;
  readonly value?: FeelResult;
  /** Why there is no value: the code of the `FeelEvaluationError`. */
  readonly error?: string;
  readonly parts: readonly Explanation[];
}
