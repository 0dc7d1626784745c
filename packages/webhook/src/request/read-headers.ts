import { refuse, type StepResult } from './refused.ts';

/** Headers as expressions see them. */
export interface RequestHeaders {
  /** Lower-case name → first value. Without prototype, so a name is never mistaken for a method. */
  readonly values: Record<string, string>;
  /** `Authorization` came more than once: which one a proxy checked is anybody's guess. */
  readonly repeatedAuthorization: boolean;
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
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    length += name.length + value.length;
    if (values[name] === undefined) {
      if (name !== '__proto__') values[name] = value;
    } else if (name === 'authorization') repeatedAuthorization = true;
  }
  if (length > limits.maxHeaderLength) return refuse('limits', 'HEADERS_TOO_LARGE');
  return { value: { values, repeatedAuthorization } };
}
