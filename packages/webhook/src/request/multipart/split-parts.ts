/** Why parts cannot be told apart. */
export type SplitProblem = 'malformed' | 'too-many-parts';

const dashes = Buffer.from('--');
const lineEnd = Buffer.from('\r\n');

/**
 * Cuts a multipart body at its boundary (RFC 2046, section 5.1.1), without copying. Strict, so that no
 * filter in front of us can have seen other parts: nothing stands before the first delimiter but an empty
 * line and nothing after the last but a line end; what only begins like a delimiter is malformed.
 */
export function splitParts(
  body: Buffer,
  boundary: string,
  maxParts: number,
): readonly Buffer[] | SplitProblem {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const start = startOf(body, delimiter);
  if (start === undefined) return 'malformed';
  let at = start;
  const parts: Buffer[] = [];
  while (!has(body, dashes, at)) {
    if (!has(body, lineEnd, at)) return 'malformed';
    if (parts.length === maxParts) return 'too-many-parts';
    const end: number = body.indexOf(delimiter, at + lineEnd.length);
    if (end < 0) return 'malformed';
    parts.push(body.subarray(at + lineEnd.length, end));
    at = end + delimiter.length;
  }
  const rest = body.subarray(at + dashes.length);
  return rest.length === 0 || rest.equals(lineEnd) ? parts : 'malformed';
}

/** Behind the first delimiter, which may lack its line end. */
function startOf(body: Buffer, delimiter: Buffer): number | undefined {
  if (has(body, delimiter, 0)) return delimiter.length;
  const bare = delimiter.subarray(lineEnd.length);
  return has(body, bare, 0) ? bare.length : undefined;
}

const has = (body: Buffer, wanted: Buffer, at: number): boolean =>
  body.subarray(at, at + wanted.length).equals(wanted);
