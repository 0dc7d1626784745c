import { hexOf } from './hex-of.ts';
import type { SignatureScheme } from './signature-scheme.ts';
import { textKey, textSecret } from './text-key.ts';

const prefix = 'v0=';
const sha256Bytes = 32;

/** Slack signs version, time and body (Slack API, "Verifying requests from Slack"). */
export const slack: SignatureScheme = {
  name: 'slack',
  isTimed: true,
  keyOf: textKey,
  secretForm: textSecret,
  read: ({ headers, bytes }) => {
    const sent = headers['x-slack-signature'];
    const time = headers['x-slack-request-timestamp'];
    if (sent === undefined || time === undefined) return { reason: 'SIGNATURE_MISSING' };
    const signature = sent.startsWith(prefix)
      ? hexOf(sent.slice(prefix.length), sha256Bytes)
      : undefined;
    if (signature === undefined || !/^\d{1,12}$/.test(time)) {
      return { reason: 'SIGNATURE_MALFORMED' };
    }
    return {
      algorithm: 'sha256',
      contents: [[`v0:${time}:`, bytes]],
      signatures: [signature],
      timestamp: Number(time),
    };
  },
  messageId: (_headers, body) => {
    const isContext = typeof body === 'object' && body !== null && !Array.isArray(body);
    const id = isContext ? body['event_id'] : null;
    return typeof id === 'string' && id !== '' ? id : undefined;
  },
};
