import { type Clock, silentLogger, systemClock } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { createKeySet } from '../../src/auth/create-key-set.ts';
import type { KeySets } from '../../src/auth/create-key-sets.ts';
import { readAuthentication } from '../../src/auth/read-authentication.ts';
import { collectProblems } from '../../src/endpoint/collect-problems.ts';
import { readWebhookOptions } from '../../src/webhook-options.ts';
import type { Properties } from './served-webhook.ts';

/** What was decided on a token. */
export interface TokenVerdict {
  readonly status: string;
  readonly reason?: string;
}

const KeySetSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * The authenticator of a webhook whose model names a public issuer, its keys fetched from one on loopback:
 * rules and keys as in production, whichever hosts an operator allows.
 */
export function jwtWebhook(
  jwksUrl: string,
  more: Properties = {},
  clock: Clock = systemClock,
): (token: string) => Promise<TokenVerdict> {
  const settings = readWebhookOptions({});
  const keySet = createKeySet(
    jwksUrl,
    async () => KeySetSchema.parse(await (await fetch(jwksUrl)).json()),
    settings.jwks,
  );
  const keySets: KeySets = { get: () => keySet, clear: () => undefined };
  const properties = {
    'inbound.auth.type': 'JWT',
    'inbound.auth.jwt.jwkUrl': 'https://issuer.example.test/jwks.json',
    ...more,
  };
  const authenticator = readAuthentication(properties, settings, keySets, collectProblems());
  if (authenticator === undefined) throw new Error('The properties are refused');
  return async (token) => {
    const presented = {
      method: 'POST',
      bytes: new Uint8Array(0),
      query: '',
      url: () => 'https://hooks.example.test/webhooks/orders',
      headers: { authorization: `Bearer ${token}` },
      params: {},
      repeatedAuthorization: false,
    };
    return authenticator.authenticate(presented, { clock, logger: silentLogger });
  };
}
