import { base64Of } from './base64-of.ts';
import type { SignatureScheme } from './signature-scheme.ts';
import { textKey, textSecret } from './text-key.ts';

const sha256Bytes = 32;

/** Shopify signs the body (Shopify developer documentation, "Verify webhook deliveries"). There is no time in it. */
export const shopify: SignatureScheme = {
  name: 'shopify',
  isTimed: false,
  keyOf: textKey,
  secretForm: textSecret,
  read: ({ headers, bytes }) => {
    const sent = headers['x-shopify-hmac-sha256'];
    if (sent === undefined) return { reason: 'SIGNATURE_MISSING' };
    const signature = base64Of(sent, sha256Bytes);
    if (signature === undefined) return { reason: 'SIGNATURE_MALFORMED' };
    return { algorithm: 'sha256', contents: [[bytes]], signatures: [signature] };
  },
  messageId: (headers) => headers['x-shopify-webhook-id'],
};
