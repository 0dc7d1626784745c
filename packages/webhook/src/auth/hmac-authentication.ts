import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type Authenticator, type AuthVerdict, refused, verified } from './authenticator.ts';
import { decodeSignature } from './decode-signature.ts';
import type { HmacScope } from './hmac-scope.ts';
import { signedContent } from './signed-content.ts';

/** How a sender signs. */
export interface HmacRules {
  /** Any of them will do, so that one can be replaced without a gap. */
  readonly secrets: readonly string[];
  /** Lower case. */
  readonly header: string;
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly scope: HmacScope;
}

const lengths = { sha1: 20, sha256: 32, sha512: 64 } as const;

/**
 * A signature over the raw bytes of a request (HMAC, RFC 2104) in a header, as senders with Camunda's webhook
 * template make it. All secrets are tried whichever matches, so that the time tells nothing about them.
 */
export function hmacAuthentication(rules: HmacRules): Authenticator {
  const { header, algorithm, scope, secrets } = rules;
  const keys = secrets.map((secret) => createSecretKey(Buffer.from(secret)));
  return {
    scheme: 'HMAC',
    challenge: 'HMAC realm="webhook"',
    readsBody: false,
    secrets,
    warnings: [],
    authenticate: (presented): AuthVerdict => {
      const sent = presented.headers[header];
      if (sent === undefined) return refused('SIGNATURE_MISSING');
      const signature = decodeSignature(sent, lengths[algorithm]);
      if (signature === undefined) return refused('SIGNATURE_MALFORMED');
      const content = signedContent(scope, presented);
      if (content === undefined) return refused('SIGNATURE_NOT_APPLICABLE');
      return matchesAny(keys, algorithm, content, signature)
        ? verified
        : refused('SIGNATURE_WRONG');
    },
  };
}

function matchesAny(
  keys: readonly KeyObject[],
  algorithm: string,
  content: readonly (string | Uint8Array)[],
  signature: Buffer,
): boolean {
  let equal = false;
  for (const key of keys) {
    const hmac = createHmac(algorithm, key);
    for (const part of content) hmac.update(part);
    equal = timingSafeEqual(hmac.digest(), signature) || equal;
  }
  return equal;
}
