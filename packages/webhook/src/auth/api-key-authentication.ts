import {
  type Authenticator,
  type AuthVerdict,
  type Presented,
  refused,
  verified,
} from './authenticator.ts';
import type { ApiKeyLocator } from './compile-locator.ts';
import { createSecretCheck } from './create-secret-check.ts';

/** A key that the sender puts where the locator looks for it. */
export function apiKeyAuthentication(
  keys: readonly string[],
  locator: ApiKeyLocator,
): Authenticator {
  const isKnown = createSecretCheck(keys);
  return {
    scheme: 'APIKEY',
    challenge: 'ApiKey realm="webhook"',
    readsBody: locator.readsBody,
    secrets: keys,
    warnings: locator.warnings,
    authenticate: (presented: Presented): AuthVerdict => {
      const key = locator.find(presented);
      if (key === undefined) return refused('CREDENTIALS_MISSING');
      return isKnown(key) ? verified : refused('CREDENTIALS_WRONG');
    },
  };
}
