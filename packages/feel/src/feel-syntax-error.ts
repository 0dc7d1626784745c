/** Where an expression cannot be parsed. */
export type SyntaxErrorPlace = Pick<FeelSyntaxError, 'line' | 'column' | 'excerpt' | 'expected'>;

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
  /** What could stand there instead: `a value`, `"then"`; empty where it is no question of grammar. */
  readonly expected: readonly string[];

  constructor(message: string, place: SyntaxErrorPlace) {
    const { line, column, excerpt, expected } = place;
    const hint = expected.length === 0 ? '' : `; expected ${expected.join(' or ')}`;
    super(`${message}${hint} (line ${line}, column ${column}: ${excerpt})`);
    this.line = line;
    this.column = column;
    this.excerpt = excerpt;
    this.expected = expected;
  }
}
