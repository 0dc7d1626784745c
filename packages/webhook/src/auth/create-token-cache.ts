import { hash } from 'node:crypto';
import type { AuthVerdict } from './authenticator.ts';

/** After so long a key set that is too old is fetched again by whoever comes. */
const longestMs = 60_000;
const maxTokens = 1000;

/** Remembers verdicts on tokens, by their digest: tokens themselves are not kept. */
export interface TokenCache {
  get(token: string, now: number): AuthVerdict | undefined;
  /** @param goodUntil end of the token, epoch milliseconds. */
  set(token: string, verdict: AuthVerdict, now: number, goodUntil: number): void;
}

/** @param revision of the key set: verdicts by other keys are forgotten. */
export function createTokenCache(revision: () => number): TokenCache {
  let known = revision();
  const verdicts = new Map<string, { readonly verdict: AuthVerdict; readonly until: number }>();
  const keyOf = (token: string): string => hash('sha256', token, 'base64');
  return {
    get: (token, now) => {
      if (known !== revision()) verdicts.clear();
      known = revision();
      const key = keyOf(token);
      const found = verdicts.get(key);
      if (found === undefined || now < found.until) return found?.verdict;
      verdicts.delete(key);
      return undefined;
    },
    set: (token, verdict, now, goodUntil) => {
      const [oldest] = verdicts.keys();
      if (verdicts.size >= maxTokens && oldest !== undefined) verdicts.delete(oldest);
      verdicts.set(keyOf(token), { verdict, until: Math.min(goodUntil, now + longestMs) });
    },
  };
}
