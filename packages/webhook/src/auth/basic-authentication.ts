import {
  type Authenticator,
  type AuthVerdict,
  type Presented,
  refused,
  verified,
} from './authenticator.ts';
import { createSecretCheck } from './create-secret-check.ts';

/** One blank between scheme and token, as Camunda demands (RFC 7617, section 2). */
const credentials = /^basic ([A-Za-z0-9+/_=-]+)$/i;

/**
 * HTTP Basic (RFC 7617). User name and password are compared as one text, split at the first colon by
 * construction: a configured user name holds none, a password may.
 */
export function basicAuthentication(username: string, passwords: readonly string[]): Authenticator {
  const isKnown = createSecretCheck(passwords.map((password) => `${username}:${password}`));
  return {
    scheme: 'BASIC',
    challenge: 'Basic realm="webhook", charset="UTF-8"',
    readsBody: false,
    secrets: passwords,
    warnings: [],
    authenticate: ({ headers, repeatedAuthorization }: Presented): AuthVerdict => {
      if (repeatedAuthorization) return refused('AUTHORIZATION_REPEATED');
      const encoded = credentials.exec(headers['authorization'] ?? '')?.[1];
      if (encoded === undefined) return refused('CREDENTIALS_MISSING');
      const presented = Buffer.from(encoded, 'base64').toString();
      return isKnown(presented) ? verified : refused('CREDENTIALS_WRONG');
    },
  };
}
