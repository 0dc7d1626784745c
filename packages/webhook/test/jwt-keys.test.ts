import { generateKeyPairSync, sign } from 'node:crypto';
import { manualClock } from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exportJWK, FlattenedSign, importJWK, type JWK, SignJWT } from 'jose';
import {
  goodClaims,
  type Issuer,
  type SigningKey,
  signingKey,
  signToken,
  startIssuer,
} from './support/issuer.ts';
import { jwtWebhook } from './support/jwt-webhook.ts';

// Which key of a set may verify which token (RFC 8725, section 3.1; RFC 7517, sections 4.2 to 4.4).

const clock = manualClock(Date.parse('2026-06-01T12:00:00Z'));
const noKey = { status: 'refused', reason: 'ERR_JWKS_NO_MATCHING_KEY' };
let rsa: SigningKey;
let ec: SigningKey;
let issuer: Issuer;

beforeEach(async () => {
  [rsa, ec] = await Promise.all([signingKey('rsa', 'RS256'), signingKey('ec', 'ES256')]);
  issuer = await startIssuer();
});
afterEach(() => issuer.close());

/** Publishes a key with other parameters than it was made with. */
const publish = (key: SigningKey, parameters: JWK = key.jwk): void => {
  issuer.keys = [{ ...key, jwk: parameters }];
};
const verdictOn = (token: string) => jwtWebhook(issuer.jwksUrl, {}, clock)(token);

/** The same private key, for another algorithm. */
async function signedAs(key: SigningKey, alg: string): Promise<string> {
  const privateKey = await importJWK(await exportJWK(key.privateKey), alg);
  return new SignJWT(goodClaims).setProtectedHeader({ alg, kid: key.kid }).sign(privateKey);
}

/** A good token whose header says another algorithm than its key has. */
async function relabelled(key: SigningKey, alg: string): Promise<string> {
  const [, payload, signature] = (await signToken(key)).split('.');
  const header = Buffer.from(JSON.stringify({ alg, kid: key.kid })).toString('base64url');
  return `${header}.${payload}.${signature}`;
}

describe('a key is used', () => {
  test.each(['RS256', 'RS512', 'PS256'])(
    'of type RSA for %s where it names no algorithm',
    async (alg) => {
      publish(rsa);
      expect(await verdictOn(await signedAs(rsa, alg))).toEqual({ status: 'verified' });
    },
  );

  test('for the algorithm it names', async () => {
    publish(rsa, { ...rsa.jwk, alg: 'RS256' });
    expect(await verdictOn(await signToken(rsa))).toEqual({ status: 'verified' });
  });

  test('where it names no use', async () => {
    const { use: _use, ...withoutUse } = ec.jwk;
    publish(ec, withoutUse);
    expect(await verdictOn(await signToken(ec))).toEqual({ status: 'verified' });
  });
});

describe('a key is not used', () => {
  test.each(['PS256', 'RS384', 'RS512'])(
    'for %s where it names RS256, though the signature is right',
    async (alg) => {
      publish(rsa, { ...rsa.jwk, alg: 'RS256' });
      expect(await verdictOn(await signedAs(rsa, alg))).toEqual(noKey);
    },
  );

  test.each(['ES256', 'EdDSA'])('of type RSA for %s', async (alg) => {
    publish(rsa);
    expect(await verdictOn(await relabelled(rsa, alg))).toEqual(noKey);
  });

  test.each(['RS256', 'ES384', 'ES512', 'EdDSA'])('of curve P-256 for %s', async (alg) => {
    publish(ec);
    expect(await verdictOn(await relabelled(ec, alg))).toEqual(noKey);
  });

  test.each<[string, JWK]>([
    ['is for encryption', { use: 'enc' }],
    ['has operations without verify', { key_ops: ['encrypt', 'wrapKey'] }],
  ])('for signatures where it %s, though the signature is right', async (_name, parameters) => {
    publish(ec, { ...ec.jwk, ...parameters });
    expect(await verdictOn(await signToken(ec))).toEqual(noKey);
  });

  test.each(['HS256', 'HS384', 'HS512'])('for %s though the set holds the secret', async (alg) => {
    const secret = Buffer.alloc(64, 7);
    const k = secret.toString('base64url');
    publish(ec, { kty: 'oct', k, kid: 'oct', alg, use: 'sig' });
    const token = await new SignJWT(goodClaims)
      .setProtectedHeader({ alg, kid: 'oct' })
      .sign(secret);
    expect(await verdictOn(token)).toEqual({
      status: 'refused',
      reason: 'ERR_JOSE_ALG_NOT_ALLOWED',
    });
  });

  test('of 1024 bits, though the signature is right', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    publish({ ...rsa, kid: 'short' }, { ...(await exportJWK(publicKey)), kid: 'short' });
    const head = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'short' })).toString('base64url');
    const signed = `${head}.${Buffer.from(JSON.stringify(goodClaims)).toString('base64url')}`;
    const signature = sign('sha256', Buffer.from(signed), privateKey).toString('base64url');
    expect(await verdictOn(`${signed}.${signature}`)).toEqual({
      status: 'refused',
      reason: 'TOKEN_INVALID',
    });
  });

  test('by a token that brings a certificate of its own', async () => {
    publish(ec);
    const own = await signingKey('ec', 'ES256');
    const token = await signToken(own, goodClaims, { x5c: ['MIIB'], x5t: 'AAAA' });
    expect(await verdictOn(token)).toEqual({
      status: 'refused',
      reason: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });

  test('by a token with an extension that is not understood (RFC 7515, section 4.1.11)', async () => {
    publish(ec);
    const payload = new TextEncoder().encode(JSON.stringify(goodClaims));
    const header = { alg: 'ES256', kid: 'ec', crit: ['exp'], exp: 1 };
    const jws = await new FlattenedSign(payload)
      .setProtectedHeader(header)
      .sign(ec.privateKey, { crit: { exp: true } });
    const token = `${jws.protected}.${jws.payload}.${jws.signature}`;
    expect(await verdictOn(token)).toEqual({ status: 'refused', reason: 'ERR_JOSE_NOT_SUPPORTED' });
  });
});
