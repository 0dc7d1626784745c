import { isConnectorError } from '@bpmn-connectors/sdk';
import {
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import {
  type AuthContext,
  type Authenticator,
  type AuthVerdict,
  type Presented,
  refused,
  verified,
} from './authenticator.ts';
import type { KeySet } from './create-key-set.ts';
import { createTokenCache } from './create-token-cache.ts';

/** Longer tokens are refused before anything is decoded. */
const longestToken = 16_384;

/** What a token must say. */
export interface JwtRules {
  /** Accepted algorithms; which one a key is for is the key set's to say. Never `none`, never HMAC. */
  readonly algorithms: readonly string[];
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly clockToleranceMs: number;
  /** Whether the roles among the claims suffice; absent where none are required. */
  readonly isPermitted?: (claims: Readonly<Record<string, unknown>>) => boolean;
  readonly warnings: readonly string[];
}

/**
 * A signed JWT (RFC 7519, RFC 8725) in `Authorization: Bearer`. Keys come from the key set alone, never from
 * what a token points to. `exp` is required. A verdict is kept for a minute, never beyond the token's end or a change of the keys.
 */
export function jwtAuthentication(rules: JwtRules, keySet: KeySet): Authenticator {
  const cache = createTokenCache(keySet.revision);
  return {
    scheme: 'JWT',
    challenge: 'Bearer realm="webhook"',
    readsBody: false,
    secrets: [],
    warnings: rules.warnings,
    authenticate: ({ headers, repeatedAuthorization }: Presented, context: AuthContext) => {
      const { clock } = context;
      if (repeatedAuthorization) return refused('AUTHORIZATION_REPEATED');
      const token = readToken(headers['authorization']);
      if (token === undefined) return refused('CREDENTIALS_MISSING');
      if (token.length > longestToken) return refused('TOKEN_TOO_LONG');
      return (
        cache.get(token, clock.now()) ??
        verify(token, rules, keySet, context).then(({ verdict, goodUntil, revision }) => {
          const lasts = goodUntil !== undefined && revision === keySet.revision();
          if (lasts) cache.set(token, verdict, clock.now(), goodUntil);
          return verdict;
        })
      );
    },
  };
}

/** Camunda takes a token without its scheme, too. */
const readToken = (authorization: string | undefined): string | undefined =>
  /^(?:bearer +)?([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)$/i.exec(
    (authorization ?? '').trim(),
  )?.[1];

interface Verification {
  readonly verdict: AuthVerdict;
  /** Epoch milliseconds; absent where the verdict may change. */
  readonly goodUntil?: number;
  /** Of the key set by which it was verified. */
  readonly revision?: number;
}

async function verify(
  token: string,
  rules: JwtRules,
  keySet: KeySet,
  context: AuthContext,
): Promise<Verification> {
  try {
    const { clock } = context;
    const options = optionsOf(rules, clock.now());
    let revision = 0;
    const findKey: JWTVerifyGetKey = async (header, input) => {
      const key = await keySet.find(context, header, input);
      revision = keySet.revision();
      return key;
    };
    const { payload } = await jwtVerify(token, findKey, options);
    return { ...judge(payload, rules, clock.now()), revision };
  } catch (error) {
    return { verdict: verdictOf(error) };
  }
}

function optionsOf(rules: JwtRules, now: number): JWTVerifyOptions {
  const { algorithms, issuers, audiences, clockToleranceMs } = rules;
  return {
    algorithms: [...algorithms],
    requiredClaims: ['exp'],
    clockTolerance: clockToleranceMs / 1000,
    currentDate: new Date(now),
    ...(issuers.length === 0 ? {} : { issuer: [...issuers] }),
    ...(audiences.length === 0 ? {} : { audience: [...audiences] }),
  };
}

function judge(payload: JWTPayload, rules: JwtRules, now: number): Verification {
  const { exp = 0, iat = 0 } = payload;
  if (iat * 1000 > now + rules.clockToleranceMs) {
    return { verdict: refused('TOKEN_FROM_THE_FUTURE') };
  }
  const goodUntil = exp * 1000 + rules.clockToleranceMs;
  return rules.isPermitted?.(payload) === false
    ? { verdict: { status: 'forbidden', reason: 'ROLE_MISSING' }, goodUntil }
    : { verdict: verified, goodUntil };
}

function verdictOf(error: unknown): AuthVerdict {
  if (isConnectorError(error) && error.code === 'KEY_SET_UNAVAILABLE') {
    return { status: 'unavailable', reason: error.code };
  }
  return refused(error instanceof errors.JOSEError ? error.code : 'TOKEN_INVALID');
}
