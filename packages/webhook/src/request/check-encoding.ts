import { refuse, type StepResult } from './refused.ts';
import type { Encoding } from './unpack-body.ts';

/** Names of encodings (RFC 9110, section 8.4.1). */
const known: ReadonlyMap<string, Encoding> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
]);

/**
 * Decides whether a body's encoding is taken; several are not, whatever they are. Told before the body is read.
 * @param accepted whether compressed bodies are taken at all.
 * @returns the encoding, `identity` where there is none.
 */
export function checkEncoding(
  encodings: readonly string[],
  accepted: boolean,
): StepResult<Encoding | 'identity'> {
  const [name] = encodings;
  if (name === undefined) return { value: 'identity' };
  const encoding = accepted && encodings.length === 1 ? known.get(name) : undefined;
  if (encoding !== undefined) return { value: encoding };
  const headers = { 'accept-encoding': accepted ? 'gzip, deflate, br' : 'identity' };
  return refuse('limits', 'ENCODING_UNSUPPORTED', { headers });
}
