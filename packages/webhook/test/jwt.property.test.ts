import { manualClock } from '@bpmn-connectors/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Issuer,
  type SigningKey,
  signingKey,
  signToken,
  startIssuer,
} from './support/issuer.ts';
import { jwtWebhook, type TokenVerdict } from './support/jwt-webhook.ts';

describe.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('a token signed with %s', (alg) => {
  let key: SigningKey;
  let issuer: Issuer;
  let token: string;
  let verdictOn: (token: string) => Promise<TokenVerdict>;

  beforeAll(async () => {
    key = await signingKey('key', alg);
    issuer = await startIssuer(key);
    token = await signToken(key);
    verdictOn = jwtWebhook(issuer.jwksUrl, {}, manualClock(Date.parse('2026-06-01T12:00:00Z')));
  });
  afterAll(() => issuer.close());

  const isRefused = async (other: string): Promise<void> =>
    expect((await verdictOn(other)).status).toBe('refused');

  test('is taken', async () => {
    expect(await verdictOn(token)).toEqual({ status: 'verified' });
  });

  test('is refused wherever it is cut', async () => {
    for (let length = 0; length < token.length; length++) await isRefused(token.slice(0, length));
  });

  test('is refused whatever is put before or behind it', async () => {
    const more = fc.string({ minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(more, fc.boolean(), async (text, before) => {
        const other = before ? text + token : token + text;
        // Blanks around a header's value are no part of it (RFC 9110, section 5.5).
        fc.pre(other.trim() !== token);
        await isRefused(other);
      }),
      { numRuns: 300 },
    );
  });

  test('is refused with one bit of a character of its header or claims changed', async () => {
    for (let at = 0; at < token.lastIndexOf('.'); at++) {
      for (let bit = 0; bit < 7; bit++) {
        const changed = String.fromCharCode(token.charCodeAt(at) ^ (1 << bit));
        await isRefused(token.slice(0, at) + changed + token.slice(at + 1));
      }
    }
  });

  test('is refused with one bit of its signature changed', async () => {
    const start = token.lastIndexOf('.') + 1;
    const signature = Buffer.from(token.slice(start), 'base64url');
    for (let at = 0; at < signature.length * 8; at++) {
      const changed = Buffer.from(signature);
      changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
      await isRefused(token.slice(0, start) + changed.toString('base64url'));
    }
  });
});
