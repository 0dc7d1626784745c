/** One parameter with the semicolon before it (RFC 9110, section 5.6.6); a quoted value may hold escapes. */
const parameter =
  /[\t ]*;[\t ]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"([^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*)"))?/y;

/**
 * Reads the parameters of a header value: `form-data; name="a"`. Names in lower case, values as they are but
 * for `\"` and `\\` (other backslashes belong to paths that old browsers send).
 * @param start where the parameters begin, at the first semicolon.
 * @returns `undefined` when it is malformed or names a parameter twice: which one counts would be a guess.
 */
export function parseParameters(
  text: string,
  start: number,
): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  let at = start;
  while (at < text.length) {
    parameter.lastIndex = at;
    const match = parameter.exec(text);
    if (match === null) return text.slice(at).trim() === '' ? parameters : undefined;
    at = parameter.lastIndex;
    const [, name, token, quoted = ''] = match;
    if (name === undefined) continue;
    const key = name.toLowerCase();
    if (parameters.has(key)) return undefined;
    parameters.set(key, token ?? quoted.replace(/\\(["\\])/g, '$1'));
  }
  return parameters;
}
