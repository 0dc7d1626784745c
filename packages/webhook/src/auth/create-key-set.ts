import { type Clock, ConnectorError } from '@bpmn-connectors/sdk';
import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';

/** After a fetch that failed the next one waits so long, so that a dead host doesn't hold every request. */
const pauseAfterFailureMs = 5000;

/** The keys of an issuer, fetched when they are needed. */
export interface KeySet {
  /**
   * @throws {JOSEError} no key of the set is for this token.
   * @throws {ConnectorError} `KEY_SET_UNAVAILABLE` it cannot be told now.
   */
  find(clock: Clock, header: JWSHeaderParameters, token?: FlattenedJWSInput): Promise<CryptoKey>;
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

/** Keeps a key set fresh; while its host is down the last one stays good for a time. */
export function createKeySet(
  fetchKeys: () => Promise<JSONWebKeySet>,
  { cooldownMs, maxAgeMs, staleMs }: KeySetTimes,
): KeySet {
  let keys: { readonly find: Find; readonly at: number; readonly text: string } | undefined;
  let revision = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;

  const load = async (clock: Clock): Promise<void> => {
    try {
      const fetched = await fetchKeys();
      const text = JSON.stringify(fetched);
      if (text !== keys?.text) revision++;
      keys = { find: createLocalJWKSet(fetched), at: clock.now(), text };
      failedAt = Number.NEGATIVE_INFINITY;
    } catch {
      failedAt = clock.now();
    } finally {
      pending = undefined;
    }
  };
  /** One fetch at a time, whoever asks. Resolves to the keys it brought, if any. */
  const refresh = async (clock: Clock): Promise<Find | undefined> => {
    if (clock.now() - failedAt < pauseAfterFailureMs) return undefined;
    pending ??= load(clock);
    await pending;
    return failedAt === Number.NEGATIVE_INFINITY ? keys?.find : undefined;
  };
  const current = async (clock: Clock): Promise<Find> => {
    const age = keys === undefined ? Number.POSITIVE_INFINITY : clock.now() - keys.at;
    const stale = age < maxAgeMs + staleMs ? keys?.find : undefined;
    const find = age < maxAgeMs ? stale : ((await refresh(clock)) ?? stale);
    if (find === undefined) throw unavailable();
    return find;
  };

  return {
    revision: () => revision,
    find: async (clock, header, token) => {
      const find = await current(clock);
      try {
        return await find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        if (keys !== undefined && clock.now() - keys.at < cooldownMs) throw error;
        const fresh = await refresh(clock);
        if (fresh === undefined) throw unavailable();
        return fresh(header, token);
      }
    },
  };
}

const unavailable = (): ConnectorError =>
  new ConnectorError('KEY_SET_UNAVAILABLE', 'The key set cannot be fetched', { retryable: true });
