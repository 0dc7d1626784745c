import { ConnectorError } from '@bpmn-connectors/sdk';
import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';
import type { AuthContext } from './authenticator.ts';

/** After a fetch that failed the next one waits so long, so that a dead host doesn't hold every request. */
const pauseAfterFailureMs = 5000;

/** The keys of an issuer, fetched when they are needed. */
export interface KeySet {
  /**
   * @throws {JOSEError} no key of the set is for this token.
   * @throws {ConnectorError} `KEY_SET_UNAVAILABLE` it cannot be told now.
   */
  find(
    context: AuthContext,
    header: JWSHeaderParameters,
    token?: FlattenedJWSInput,
  ): Promise<CryptoKey>;
  /** Grows when a fetch brought other keys: what was verified by the former ones is to be verified again. */
  readonly revision: () => number;
}

/** How long keys are believed; see `JwksOptions`. */
export interface KeySetTimes {
  readonly cooldownMs: number;
  readonly maxAgeMs: number;
  readonly staleMs: number;
}

type Find = ReturnType<typeof createLocalJWKSet>;

/**
 * Keeps a key set fresh; while its host is down the last one stays good for a time.
 * @param name what it is called in the log.
 */
export function createKeySet(
  name: string,
  fetchKeys: () => Promise<JSONWebKeySet>,
  { cooldownMs, maxAgeMs, staleMs }: KeySetTimes,
): KeySet {
  let keys: { readonly find: Find; readonly at: number; readonly text: string } | undefined;
  let revision = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;

  const load = async ({ clock, logger }: AuthContext): Promise<void> => {
    try {
      const fetched = await fetchKeys();
      const text = JSON.stringify(fetched);
      if (text !== keys?.text) revision++;
      keys = { find: createLocalJWKSet(fetched), at: clock.now(), text };
      failedAt = Number.NEGATIVE_INFINITY;
    } catch (error) {
      // Told where it begins, so that an issuer that is away for a night does not fill the log.
      if (failedAt === Number.NEGATIVE_INFINITY) {
        const reason = error instanceof Error ? error.message : 'unknown';
        logger.warn(
          { keySet: name, reason },
          'The keys that tokens are signed with cannot be fetched',
        );
      }
      failedAt = clock.now();
    } finally {
      pending = undefined;
    }
  };
  /** One fetch at a time, whoever asks. Resolves to the keys it brought, if any. */
  const refresh = async (context: AuthContext): Promise<Find | undefined> => {
    if (context.clock.now() - failedAt < pauseAfterFailureMs) return undefined;
    pending ??= load(context);
    await pending;
    return failedAt === Number.NEGATIVE_INFINITY ? keys?.find : undefined;
  };
  const current = async (context: AuthContext): Promise<Find> => {
    const { clock } = context;
    const age = keys === undefined ? Number.POSITIVE_INFINITY : clock.now() - keys.at;
    const stale = age < maxAgeMs + staleMs ? keys?.find : undefined;
    const find = age < maxAgeMs ? stale : ((await refresh(context)) ?? stale);
    if (find === undefined) throw unavailable();
    return find;
  };

  return {
    revision: () => revision,
    find: async (context, header, token) => {
      const find = await current(context);
      try {
        return await find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        if (keys !== undefined && context.clock.now() - keys.at < cooldownMs) throw error;
        const fresh = await refresh(context);
        if (fresh === undefined) throw unavailable();
        return fresh(header, token);
      }
    },
  };
}

const unavailable = (): ConnectorError =>
  new ConnectorError('KEY_SET_UNAVAILABLE', 'The key set cannot be fetched', { retryable: true });
