import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import type { Authenticator } from './authenticator.ts';
import type { KeySets } from './create-key-sets.ts';
import { noAuthentication } from './no-authentication.ts';
import { readApiKey } from './read-api-key.ts';
import { readBasic } from './read-basic.ts';
import { readJwt } from './read-jwt.ts';

/** Makes the authenticator that `inbound.auth.type` names; without one there is no authentication. */
export function readAuthentication(
  properties: Readonly<Record<string, string>>,
  settings: WebhookSettings,
  keySets: KeySets,
  problems: ProblemCollector,
): Authenticator | undefined {
  const type = (properties['inbound.auth.type'] ?? '').trim().toUpperCase() || 'NONE';
  switch (type) {
    case 'NONE':
      if (settings.allowUnauthenticated) return noAuthentication;
      problems.add(
        'inbound.auth.type',
        'there is no authentication: anybody who knows the URL could send events',
        'Set it to BASIC, APIKEY or JWT, or allow it for all webhooks: webhook({ allowUnauthenticated: true }), --allow-unauthenticated',
      );
      return undefined;
    case 'BASIC':
      return readBasic(properties, problems);
    case 'APIKEY':
      return readApiKey(properties, problems);
    case 'JWT':
      return readJwt(properties, keySets, settings.jwks.allowPrivateAddresses, problems);
    default:
      problems.add(
        'inbound.auth.type',
        'there is no such authorization type',
        'Use NONE, BASIC, APIKEY or JWT',
      );
      return undefined;
  }
}
