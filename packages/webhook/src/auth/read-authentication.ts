import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import type { Authenticator } from './authenticator.ts';
import { bothAuthentications } from './both-authentications.ts';
import type { KeySets } from './create-key-sets.ts';
import { noAuthentication } from './no-authentication.ts';
import { readApiKey } from './read-api-key.ts';
import { readBasic } from './read-basic.ts';
import { readHmac, wantsHmac } from './read-hmac.ts';
import { readJwt } from './read-jwt.ts';
import { readSignature, wantsSignature } from './read-signature.ts';

type Properties = Readonly<Record<string, string>>;

/**
 * Makes the authenticator of a webhook: what `inbound.auth.type` names and, if the model wants it, a signature.
 * A signature counts as authentication by itself.
 */
export function readAuthentication(
  properties: Properties,
  settings: WebhookSettings,
  keySets: KeySets,
  problems: ProblemCollector,
): Authenticator | undefined {
  const signatures = [
    ...(wantsSignature(properties) ? [readSignature(properties, problems)] : []),
    ...(wantsHmac(properties, problems) ? [readHmac(properties, problems)] : []),
  ];
  const isSigned = signatures.length > 0;
  const all =
    isSigned && typeOf(properties) === 'NONE'
      ? signatures
      : [...signatures, readCredentials(properties, settings, keySets, problems)];
  const made = all.filter((one) => one !== undefined);
  const [first, ...others] = made;
  if (first === undefined || made.length < all.length) return undefined;
  return others.reduce(bothAuthentications, first);
}

const typeOf = (properties: Properties): string =>
  (properties['inbound.auth.type'] ?? '').trim().toUpperCase() || 'NONE';

function readCredentials(
  properties: Properties,
  settings: WebhookSettings,
  keySets: KeySets,
  problems: ProblemCollector,
): Authenticator | undefined {
  switch (typeOf(properties)) {
    case 'NONE':
      if (settings.allowUnauthenticated) return noAuthentication;
      problems.add(
        'inbound.auth.type',
        'there is no authentication: anybody who knows the URL could send events',
        'Set it to BASIC, APIKEY or JWT, verify a signature (inbound.signature.scheme, inbound.shouldValidateHmac), or allow it for all webhooks: webhook({ allowUnauthenticated: true }), --allow-unauthenticated',
      );
      return undefined;
    case 'BASIC':
      return readBasic(properties, problems);
    case 'APIKEY':
      return readApiKey(properties, problems);
    case 'JWT':
      return readJwt(properties, keySets, settings.jwks.privateHosts, problems);
    default:
      problems.add(
        'inbound.auth.type',
        'there is no such authorization type',
        'Use NONE, BASIC, APIKEY or JWT',
      );
      return undefined;
  }
}
