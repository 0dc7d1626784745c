import { createLocalJWKSet, errors, type JSONWebKeySet } from 'jose';
import { collectProblems } from '../endpoint/collect-problems.ts';
import { type JwksOptions, readWebhookOptions } from '../webhook-options.ts';
import { fetchKeySet } from './fetch-key-set.ts';
import { readJwksUrl } from './read-jwks-url.ts';
import { readAlgorithms } from './read-jwt.ts';

/** What was found at the URL of a key set. */
export interface KeySetReport {
  /** How many keys there are. */
  readonly keys: number;
  /** Why no token could be verified; never the URL, which may be a secret. Absent where one could. */
  readonly reason?: string;
}

async function isUsable(keys: JSONWebKeySet, alg: string): Promise<boolean> {
  try {
    await createLocalJWKSet(keys)({ alg });
    return true;
  } catch (error) {
    return error instanceof errors.JWKSMultipleMatchingKeys;
  }
}

/** The messages of network errors hold host and port. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be fetched';
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return 'there was no answer in time';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'Error' ? error.message : 'what it answers is no key set';
}

/**
 * Fetches the key set of a webhook with JWT, as its first token would, and looks for a key of one of the
 * algorithms that it takes. Never rejects for what is wrong with the key set: that is told.
 * @param properties of the endpoint, secrets already resolved.
 * @returns undefined where the webhook has no JWT, or its properties cannot work.
 * @throws {ConfigurationError} an option is unknown or out of range.
 * @example
 * const report = await examineKeySet({ 'inbound.auth.type': 'JWT', 'inbound.auth.jwt.jwkUrl': url });
 */
export async function examineKeySet(
  properties: Readonly<Record<string, string>>,
  options: JwksOptions = {},
): Promise<KeySetReport | undefined> {
  const { jwks } = readWebhookOptions({ jwks: options });
  if ((properties['inbound.auth.type'] ?? '').trim().toUpperCase() !== 'JWT') return undefined;
  const problems = collectProblems();
  const url = readJwksUrl(properties, jwks.privateHosts, problems);
  const algorithms = readAlgorithms(properties, problems);
  if (url === undefined || algorithms === undefined) return undefined;
  try {
    const keySet = await fetchKeySet(url, jwks);
    const usable = await Promise.all(algorithms.map((alg) => isUsable(keySet, alg)));
    const keys = keySet.keys.length;
    if (usable.includes(true)) return { keys };
    return { keys, reason: `none of its ${keys} keys is for ${algorithms.join(', ')}` };
  } catch (error) {
    return { keys: 0, reason: reasonOf(error) };
  }
}
