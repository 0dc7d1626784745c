/** The expression cannot be parsed. Thrown by `compile`, that is at deployment. */
export class FeelSyntaxError extends Error {
  override readonly name = 'FeelSyntaxError';
  readonly code = 'FEEL_SYNTAX';
  readonly retryable = false;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** The line of the expression in which the error is. */
  readonly excerpt: string;

  constructor(message: string, position: { line: number; column: number; excerpt: string }) {
    super(`${message} (line ${position.line}, column ${position.column}: ${position.excerpt})`);
    this.line = position.line;
    this.column = position.column;
    this.excerpt = position.excerpt;
  }
}
