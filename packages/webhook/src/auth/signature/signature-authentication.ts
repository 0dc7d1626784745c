import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@bpmn-connectors/sdk';
import { type Authenticator, type AuthVerdict, refused, verified } from '../authenticator.ts';
import type { SignatureScheme, SignedRequest } from './signature-scheme.ts';

/** With what a sender's signatures are checked. */
export interface SignatureRules {
  readonly scheme: SignatureScheme;
  /** Any of them will do, so that one can be replaced without a gap. */
  readonly secrets: readonly string[];
  readonly keys: readonly KeyObject[];
  /** How far from now a signature's time may be, in milliseconds, before and after. */
  readonly toleranceMs: number;
}

/**
 * Checks the signature of a well-known sender over the bytes as they came. Every key is tried with every
 * signature, whichever matches, so that the time tells nothing about them.
 */
export function signatureAuthentication(rules: SignatureRules): Authenticator {
  const { scheme, secrets, keys, toleranceMs } = rules;
  return {
    scheme: scheme.name,
    challenge: `Signature realm="webhook", scheme="${scheme.name}"`,
    readsBody: false,
    secrets,
    warnings: [],
    ...(scheme.messageId === undefined ? {} : { messageId: scheme.messageId }),
    authenticate: (presented, { clock }): AuthVerdict => {
      const signed = scheme.read(presented);
      if ('reason' in signed) return refused(signed.reason);
      if (!matchesAny(keys, signed)) return refused('SIGNATURE_WRONG');
      return isInTime(signed, toleranceMs, clock) ? verified : refused('SIGNATURE_OUT_OF_TIME');
    },
  };
}

function matchesAny(
  keys: readonly KeyObject[],
  { algorithm, contents, signatures }: SignedRequest,
): boolean {
  let equal = false;
  for (const key of keys) {
    for (const content of contents) {
      const hmac = createHmac(algorithm, key);
      for (const part of content) hmac.update(part);
      const digest = hmac.digest();
      for (const signature of signatures) equal = timingSafeEqual(digest, signature) || equal;
    }
  }
  return equal;
}

/** Senders count whole seconds. */
function isInTime({ timestamp }: SignedRequest, toleranceMs: number, clock: Clock): boolean {
  if (timestamp === undefined) return true;
  const now = Math.floor(clock.now() / 1000);
  return Math.abs(now - timestamp) * 1000 <= toleranceMs;
}
