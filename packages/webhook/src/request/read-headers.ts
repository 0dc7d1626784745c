import { refuse, type StepResult } from './refused.ts';

/** Headers as expressions see them. */
export interface RequestHeaders {
  /** Lower-case name → first value. Without prototype, so a name is never mistaken for a method. */
  readonly values: Record<string, string>;
  /** `Authorization` came more than once: which one a proxy checked is anybody's guess. */
  readonly repeatedAuthorization: boolean;
  /** Values of `Content-Encoding`, in the order in which they were put on. Empty: the body is as it is. */
  readonly encodings: readonly string[];
}

/** Copies headers from the raw list, bounded. A header named `__proto__` is left out (CVE-2026-21710). */
export function readHeaders(
  rawHeaders: readonly string[],
  limits: { readonly maxHeaders: number; readonly maxHeaderLength: number },
): StepResult<RequestHeaders> {
  const values: Record<string, string> = Object.create(null);
  if (rawHeaders.length > 2 * limits.maxHeaders) return refuse('limits', 'HEADERS_TOO_LARGE');
  let length = 0;
  let repeatedAuthorization = false;
  const encodings: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    length += name.length + value.length;
    if (name === 'content-encoding') encodings.push(...readEncodings(value));
    if (values[name] === undefined) {
      if (name !== '__proto__') values[name] = value;
    } else if (name === 'authorization') repeatedAuthorization = true;
  }
  if (length > limits.maxHeaderLength) return refuse('limits', 'HEADERS_TOO_LARGE');
  return { value: { values, repeatedAuthorization, encodings } };
}

/** `identity` says that there is none (RFC 9110, section 8.4.1). */
const readEncodings = (value: string): readonly string[] =>
  value
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
