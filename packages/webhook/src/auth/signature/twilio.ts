import { createHash, timingSafeEqual } from 'node:crypto';
import { parseMediaType } from '../../request/parse-media-type.ts';
import type { Presented } from '../authenticator.ts';
import { base64Of } from './base64-of.ts';
import { hexOf } from './hex-of.ts';
import type { SignatureScheme } from './signature-scheme.ts';
import { textKey } from './text-key.ts';

const sha1Bytes = 20;
const sha256Bytes = 32;
const mostFields = 1000;

/**
 * Twilio signs the URL it calls and, of a form, all fields by their names; for other bodies their hash is in the URL
 * (Twilio documentation, "Webhooks security"). The URL is the public one: `publicUrl` behind a proxy.
 */
export const twilio: SignatureScheme = {
  name: 'twilio',
  isTimed: false,
  keyOf: textKey,
  secretForm: 'the auth token of the account',
  read: (presented) => {
    const sent = presented.headers['x-twilio-signature'];
    if (sent === undefined) return { reason: 'SIGNATURE_MISSING' };
    const signature = base64Of(sent, sha1Bytes);
    if (signature === undefined) return { reason: 'SIGNATURE_MALFORMED' };
    const fields = signedFields(presented);
    if (fields === undefined) return { reason: 'SIGNATURE_NOT_APPLICABLE' };
    return {
      algorithm: 'sha1',
      contents: spellingsOf(presented.url() + presented.query).map((url) => [url, fields]),
      signatures: [signature],
    };
  },
  messageId: (headers) => headers['i-twilio-idempotency-token'],
};

/** What is signed behind the URL; undefined where the body is not the one that the URL tells of. */
function signedFields({ bytes, headers, params }: Presented): string | undefined {
  const hash = params['bodySHA256'];
  if (hash !== undefined) return isHashOf(hash, bytes) ? '' : undefined;
  if (bytes.length === 0) return '';
  if (parseMediaType(headers['content-type']) !== 'form') return undefined;
  return joinFields(Buffer.from(bytes).toString());
}

function isHashOf(hash: string, bytes: Uint8Array): boolean {
  const expected = hexOf(hash.toLowerCase(), sha256Bytes);
  const digest = createHash('sha256').update(bytes).digest();
  return expected !== undefined && timingSafeEqual(expected, digest);
}

/** Names in order, each with its values in order; a value that is there twice counts once. */
function joinFields(form: string): string | undefined {
  const fields = new Map<string, Set<string>>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(form)) {
    count += 1;
    if (count > mostFields) return undefined;
    fields.set(name, (fields.get(name) ?? new Set()).add(value));
  }
  return [...fields.keys()]
    .sort()
    .map((name) =>
      [...(fields.get(name) ?? [])]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('');
}

/** With and without the port that a scheme has by default: Twilio signs either. */
function spellingsOf(url: string): readonly string[] {
  const [, scheme = '', host = '', port = '', rest = ''] =
    /^(https?):\/\/([^/:?#]+)(:\d+)?(.*)$/.exec(url) ?? [];
  const standard = scheme === 'https' ? ':443' : ':80';
  if (port !== '' && port !== standard) return [url];
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}${standard}${rest}`];
}
