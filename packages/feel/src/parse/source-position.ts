import { FeelSyntaxError } from '../feel-syntax-error.ts';

/** The expression inside a source: without blanks around it and without its leading `=`. */
export interface Expression {
  readonly source: string;
  readonly text: string;
  /** Offset of `text` in `source`. */
  readonly start: number;
}

const longestExcerpt = 80;

/** Makes the error for a place in the expression; line and column are those of the source. */
export function syntaxErrorAt(
  { source, start }: Expression,
  offset: number,
  message: string,
  expected: readonly string[] = [],
): FeelSyntaxError {
  const at = Math.min(start + offset, source.length);
  const lineStart = source.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = source.indexOf('\n', at);
  const lineText = source.slice(lineStart, lineEnd < 0 ? source.length : lineEnd);
  const column = at - lineStart;
  const from = Math.max(0, Math.min(column - longestExcerpt / 2, lineText.length - longestExcerpt));
  return new FeelSyntaxError(message, {
    line: source.slice(0, lineStart).split('\n').length,
    column: column + 1,
    excerpt: lineText.slice(from, from + longestExcerpt),
    expected,
  });
}
