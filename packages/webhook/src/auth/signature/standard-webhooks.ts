import { createSecretKey, type KeyObject } from 'node:crypto';
import { base64Of } from './base64-of.ts';
import { mostSignatures, type SignatureScheme } from './signature-scheme.ts';

const secretPrefix = 'whsec_';
const signaturePrefix = 'v1,';
const sha256Bytes = 32;
const longestHeader = 2000;

/** The key is what stands behind `whsec_`, decoded. */
function keyOf(secret: string): KeyObject | undefined {
  const text = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret;
  const key = Buffer.from(text, 'base64');
  const isBase64 =
    key.length > 0 && key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return isBase64 ? createSecretKey(key) : undefined;
}

/** @param header what the names of its three headers begin with. */
const createScheme = (name: string, header: string): SignatureScheme => ({
  name,
  isTimed: true,
  keyOf,
  secretForm: 'whsec_ and base64 behind it',
  read: ({ headers, bytes }) => {
    const id = headers[`${header}-id`];
    const time = headers[`${header}-timestamp`];
    const sent = headers[`${header}-signature`];
    if (id === undefined || time === undefined || sent === undefined) {
      return { reason: 'SIGNATURE_MISSING' };
    }
    const signatures = sent
      .slice(0, longestHeader)
      .split(' ', mostSignatures)
      .filter((one) => one.startsWith(signaturePrefix))
      .flatMap((one) => base64Of(one.slice(signaturePrefix.length), sha256Bytes) ?? []);
    if (signatures.length === 0 || !/^\d{1,12}$/.test(time)) {
      return { reason: 'SIGNATURE_MALFORMED' };
    }
    return {
      algorithm: 'sha256',
      contents: [[`${id}.${time}.`, bytes]],
      signatures,
      timestamp: Number(time),
    };
  },
  messageId: (headers) => headers[`${header}-id`],
});

/** Id, time and body are signed, by several keys while one is replaced (standardwebhooks.com, specification 1.0). */
export const standardWebhooks = createScheme('standard-webhooks', 'webhook');

/** Svix has the same under other header names. */
export const svix = createScheme('svix', 'svix');
