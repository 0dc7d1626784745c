import { hexOf } from './hex-of.ts';
import { mostSignatures, type SignatureScheme } from './signature-scheme.ts';
import { textKey, textSecret } from './text-key.ts';

const sha256Bytes = 32;
const longestHeader = 2000;

/**
 * Stripe signs time and body (Stripe documentation, "Verify webhook signatures"): `t=…,v1=…`, of which there may be
 * several. Its own library takes signatures from the future; here the window goes both ways.
 */
export const stripe: SignatureScheme = {
  name: 'stripe',
  isTimed: true,
  keyOf: textKey,
  secretForm: `${textSecret}, with whsec_`,
  read: ({ headers, bytes }) => {
    const sent = headers['stripe-signature'];
    if (sent === undefined) return { reason: 'SIGNATURE_MISSING' };
    const parts = sent.slice(0, longestHeader).split(',');
    const valuesOf = (name: string): readonly string[] =>
      parts
        .filter((part) => part.startsWith(`${name}=`))
        .map((part) => part.slice(name.length + 1));
    const [time, ...otherTimes] = valuesOf('t');
    const signatures = valuesOf('v1')
      .slice(0, mostSignatures)
      .flatMap((text) => hexOf(text, sha256Bytes) ?? []);
    if (time === undefined || !/^\d{1,12}$/.test(time) || otherTimes.length > 0) {
      return { reason: 'SIGNATURE_MALFORMED' };
    }
    if (signatures.length === 0) return { reason: 'SIGNATURE_MALFORMED' };
    return {
      algorithm: 'sha256',
      contents: [[`${time}.`, bytes]],
      signatures,
      timestamp: Number(time),
    };
  },
  messageId: (_headers, body) => {
    const id =
      typeof body === 'object' && body !== null && !Array.isArray(body) ? body['id'] : null;
    return typeof id === 'string' && id !== '' ? id : undefined;
  },
};
