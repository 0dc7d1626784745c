/**
 * What is wrong with a text that is no JSON: the parser's reason, with line and column for its position, and what
 * JSON does not have though many expect it.
 */
export function describeJsonError(text: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : 'it cannot be parsed';
  const position = /at position (\d+)/.exec(reason)?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  const plain = reason.replace(/ (?:in JSON )?at position \d+.*$/s, '');
  return `${plain} (${place}). Correct it there; JSON has no comments, and no comma before a closing bracket`;
}
