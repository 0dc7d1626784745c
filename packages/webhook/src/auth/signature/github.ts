import { hexOf } from './hex-of.ts';
import type { SignatureScheme } from './signature-scheme.ts';
import { textKey, textSecret } from './text-key.ts';

const prefix = 'sha256=';
const sha256Bytes = 32;

/**
 * GitHub signs the body with SHA-256 (GitHub Docs, "Validating webhook deliveries"); the older SHA-1 header is
 * not looked at. There is no time in it: redeliveries are known by `X-GitHub-Delivery`.
 */
export const github: SignatureScheme = {
  name: 'github',
  isTimed: false,
  keyOf: textKey,
  secretForm: textSecret,
  read: ({ headers, bytes }) => {
    const sent = headers['x-hub-signature-256'];
    if (sent === undefined) return { reason: 'SIGNATURE_MISSING' };
    const signature = sent.startsWith(prefix)
      ? hexOf(sent.slice(prefix.length), sha256Bytes)
      : undefined;
    if (signature === undefined) return { reason: 'SIGNATURE_MALFORMED' };
    return { algorithm: 'sha256', contents: [[bytes]], signatures: [signature] };
  },
};
