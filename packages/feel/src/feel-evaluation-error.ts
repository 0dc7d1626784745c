/** Why an evaluation ended without a value. */
export type FeelEvaluationCode =
  | 'FEEL_LIMIT_STEPS'
  | 'FEEL_LIMIT_LIST'
  | 'FEEL_LIMIT_DEPTH'
  | 'FEEL_LIMIT_TEXT'
  | 'FEEL_LIMIT_RESULT'
  | 'FEEL_ASSERT'
  | 'FEEL_ARGUMENTS'
  | 'FEEL_PATTERN'
  | 'FEEL_FAILED';

/** The only error that evaluating an expression throws. Its message holds no payload values. */
export class FeelEvaluationError extends Error {
  override readonly name = 'FeelEvaluationError';
  readonly code: FeelEvaluationCode;
  readonly retryable = false;

  constructor(code: FeelEvaluationCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
