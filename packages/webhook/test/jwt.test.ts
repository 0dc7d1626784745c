import { createHmac } from 'node:crypto';
import { type ManualClock, manualClock } from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import type { WebhookOptions } from '../src/index.ts';
import { type FakeContext, fakeContext } from './support/fake-context.ts';
import {
  goodClaims,
  type Issuer,
  type SigningKey,
  signingKey,
  signToken,
  startIssuer,
} from './support/issuer.ts';
import { send } from './support/send.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

const jwks = { privateHosts: ['127.0.0.1'] };
let first: SigningKey;
let second: SigningKey;
let issuer: Issuer;
let clock: ManualClock;
let context: FakeContext;

beforeEach(async () => {
  [first, second] = await Promise.all([signingKey('first'), signingKey('second')]);
  issuer = await startIssuer(first);
  clock = manualClock(Date.parse('2026-06-01T12:00:00Z'));
  context = fakeContext(undefined, { clock });
});
afterEach(() => issuer.close());

async function serveJwt(more: Properties = {}, options: WebhookOptions = {}) {
  const { hooks } = await servedWebhook(
    { 'inbound.auth.type': 'JWT', 'inbound.auth.jwt.jwkUrl': issuer.jwksUrl, ...more },
    context,
    { jwks, ...options },
  );
  return async (token: string, authorization = `Bearer ${token}`) => {
    const { status } = await send(hooks, { headers: { authorization } });
    return { status, reason: context.refusals.at(-1)?.code };
  };
}

const bound = {
  'inbound.auth.jwt.issuer': 'https://issuer.example.test',
  'inbound.auth.jwt.audience': '=["urn:other", "urn:webhooks"]',
};
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token is taken', () => {
  test.each(['RS256', 'PS384', 'ES384', 'EdDSA'])('signed with %s', async (alg) => {
    const key = await signingKey('other', alg);
    issuer.keys.push(key);
    const present = await serveJwt();
    expect((await present(await signToken(key))).status).toBe(200);
  });

  test.each([
    ['with its scheme in other letters', 'bearer '],
    ['without scheme, as Camunda takes it', ''],
  ])('%s', async (_name, scheme) => {
    const present = await serveJwt();
    const token = await signToken(first);
    expect((await present(token, `${scheme}${token}`)).status).toBe(200);
  });

  test('from the configured issuer for a configured audience', async () => {
    const present = await serveJwt(bound);
    expect((await present(await signToken(first))).status).toBe(200);
  });

  test('a little after its end, within the tolerance', async () => {
    const present = await serveJwt({ 'inbound.auth.jwt.clockTolerance': 'PT1M' });
    clock.advance(10 * 60_000 + 59_000);
    expect((await present(await signToken(first))).status).toBe(200);
  });

  test('beside a key for encryption, which is no key for signatures', async () => {
    const encryption = await signingKey('enc');
    issuer.keys.push({ ...encryption, jwk: { ...first.jwk, use: 'enc' } });
    const present = await serveJwt();
    expect((await present(await signToken(first))).status).toBe(200);
  });
});

describe('a token is refused with 401', () => {
  const without = (name: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries(goodClaims).filter(([claim]) => claim !== name));

  test.each<[string, Record<string, unknown>, string]>([
    ['without exp', without('exp'), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['without issuer', without('iss'), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['without audience', without('aud'), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    [
      'of another issuer',
      { ...goodClaims, iss: 'https://evil.test' },
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
    ],
    ['for another audience', { ...goodClaims, aud: 'urn:evil' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['that is expired', { ...goodClaims, exp: goodClaims.iat }, 'ERR_JWT_EXPIRED'],
    [
      'that is not yet valid',
      { ...goodClaims, nbf: goodClaims.exp },
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
    ],
    ['issued in the future', { ...goodClaims, iat: goodClaims.exp }, 'TOKEN_FROM_THE_FUTURE'],
    [
      'whose exp is a text',
      { ...goodClaims, exp: '99999999999' },
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
    ],
  ])('%s', async (_name, claims, reason) => {
    const present = await serveJwt(bound);
    expect(await present(await signToken(first, claims))).toEqual({ status: 401, reason });
  });

  test('a second after the tolerance', async () => {
    const present = await serveJwt();
    clock.advance(10 * 60_000 + 31_000);
    expect(await present(await signToken(first))).toEqual({
      status: 401,
      reason: 'ERR_JWT_EXPIRED',
    });
  });

  test('with alg none', async () => {
    const present = await serveJwt();
    const token = `${part({ alg: 'none' })}.${part(goodClaims)}.`;
    expect((await present(token)).status).toBe(401);
  });

  test('signed by HMAC with the public key as its secret', async () => {
    const rsa = await signingKey('rsa', 'RS256');
    issuer.keys.push(rsa);
    const publicKey = await importJWK(rsa.jwk, 'RS256', { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error('not a public key');
    const secret = await exportSPKI(publicKey);
    const signed = `${part({ alg: 'HS256', kid: 'rsa' })}.${part(goodClaims)}`;
    const signature = createHmac('sha256', secret).update(signed).digest('base64url');
    const present = await serveJwt();
    expect((await present(`${signed}.${signature}`)).status).toBe(401);
  });

  test('with an algorithm that is not listed', async () => {
    const present = await serveJwt({ 'inbound.auth.jwt.algorithms': 'RS256, PS256' });
    expect(await present(await signToken(first))).toEqual({
      status: 401,
      reason: 'ERR_JOSE_ALG_NOT_ALLOWED',
    });
  });

  test('signed by another key of the same id', async () => {
    const present = await serveJwt();
    const forged = await signToken({ ...second, kid: 'first' });
    expect(await present(forged)).toEqual({
      status: 401,
      reason: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });

  test('that brings its own key or points to one', async () => {
    const evil = await startIssuer(second);
    const present = await serveJwt();
    for (const header of [{ jku: evil.jwksUrl }, { jwk: second.jwk }, { x5u: evil.jwksUrl }]) {
      expect((await present(await signToken(second, goodClaims, header))).status).toBe(401);
    }
    expect(evil.fetches).toBe(0);
    await evil.close();
  });

  test('without key id where several keys fit', async () => {
    issuer.keys.push(second);
    const present = await serveJwt();
    const token = await new SignJWT(goodClaims)
      .setProtectedHeader({ alg: 'ES256' })
      .sign(first.privateKey);
    expect(await present(token)).toEqual({
      status: 401,
      reason: 'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
    });
  });

  test('longer than 16 kB, before it is decoded', async () => {
    const present = await serveJwt();
    const token = await signToken(first, { ...goodClaims, fill: 'x'.repeat(16_384) });
    expect(await present(token)).toEqual({ status: 401, reason: 'TOKEN_TOO_LONG' });
    expect(issuer.fetches).toBe(0);
  });

  test.each(['', 'Bearer', 'Bearer ', 'Bearer a.b', 'Basic eDp5', 'Bearer a.b.c.d.e', 'Bearer ..'])(
    'when the header is %j',
    async (authorization) => {
      const present = await serveJwt();
      expect((await present('', authorization)).status).toBe(401);
    },
  );

  test('cut short, extended or changed in one bit of its signature', async () => {
    const present = await serveJwt();
    const token = await signToken(first);
    const signature = Buffer.from(token.slice(token.lastIndexOf('.') + 1), 'base64url');
    const head = token.slice(0, token.lastIndexOf('.') + 1);
    for (let index = 0; index < signature.length; index++) {
      const changed = Buffer.from(signature);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect((await present(head + changed.toString('base64url'))).status).toBe(401);
      const cut = signature.subarray(0, index).toString('base64url');
      expect((await present(head + cut)).status).toBe(401);
    }
    expect((await present(`${token}A`)).status).toBe(401);
  });
});

describe('roles', () => {
  interface RoleCase {
    readonly expression: string;
    readonly required: string;
    readonly mode?: string;
    readonly claims: Readonly<Record<string, unknown>>;
    readonly status: number;
  }
  const cases: Readonly<Record<string, RoleCase>> = {
    'one of one': {
      expression: '=roles',
      required: 'write',
      claims: { roles: ['write'] },
      status: 200,
    },
    'any of two by default': {
      expression: '=roles',
      required: '=["admin", "write"]',
      claims: { roles: ['write'] },
      status: 200,
    },
    'all of two on demand': {
      expression: '=roles',
      required: 'admin, write',
      mode: 'all',
      claims: { roles: ['write', 'x', 'admin'] },
      status: 200,
    },
    'one of two where all are needed': {
      expression: '=roles',
      required: '["admin", "write"]',
      mode: 'all',
      claims: { roles: ['write'] },
      status: 403,
    },
    'an expression without =': {
      expression: 'realm_access.roles',
      required: 'write',
      claims: { realm_access: { roles: ['write'] } },
      status: 200,
    },
    'a single text': {
      expression: '=roles',
      required: 'write',
      claims: { roles: 'write' },
      status: 200,
    },
    'part of a text': {
      expression: '=roles',
      required: 'write',
      claims: { roles: 'write:all' },
      status: 403,
    },
    'no roles': { expression: '=roles', required: 'write', claims: {}, status: 403 },
    null: { expression: '=roles', required: 'write', claims: { roles: null }, status: 403 },
    'another structure': {
      expression: '=roles',
      required: 'write',
      claims: { roles: { write: true } },
      status: 403,
    },
    'another role': {
      expression: '=roles',
      required: 'write',
      claims: { roles: ['read'] },
      status: 403,
    },
    'an expression that fails': {
      expression: '=for i in 1..100000 return i',
      required: 'write',
      claims: { roles: ['write'] },
      status: 403,
    },
    'nothing required': { expression: '=roles', required: '', claims: {}, status: 200 },
  };
  test.each(Object.entries(cases))('%s', async (_name, role) => {
    const present = await serveJwt({
      'inbound.auth.jwt.permissionsExpression': role.expression,
      'inbound.auth.jwt.requiredPermissions': role.required,
      ...(role.mode === undefined ? {} : { 'inbound.auth.jwt.requiredPermissionsMode': role.mode }),
    });
    const { roles: _roles, ...claims } = goodClaims;
    const token = await signToken(first, { ...claims, ...role.claims });
    expect((await present(token)).status).toBe(role.status);
    expect((await present(token)).status).toBe(role.status);
  });
});

describe('the key set', () => {
  test('is fetched once for many tokens and webhooks', async () => {
    const token = await signToken(first);
    const present = await serveJwt();
    await Promise.all(Array.from({ length: 5 }, () => present(token)));
    expect((await present(await signToken(first, { ...goodClaims, jti: '2' }))).status).toBe(200);
    expect(issuer.fetches).toBe(1);
  });

  test('unreachable is our trouble: 503, not 401', async () => {
    await issuer.close();
    const present = await serveJwt();
    expect(await present(await signToken(first))).toEqual({
      status: 503,
      reason: 'KEY_SET_UNAVAILABLE',
    });
  });

  test('that cannot be fetched is told of once, with its address and the reason, until it can', async () => {
    const url = `${issuer.jwksUrl}?key=4711`;
    const present = await serveJwt({ 'inbound.auth.jwt.jwkUrl': url });
    const token = await signToken(first);
    issuer.respond = (_request, response) => void response.writeHead(500).end();
    for (let again = 0; again < 3; again++) {
      expect((await present(token)).status).toBe(503);
      clock.advance(6000);
    }
    expect(context.logged).toEqual([
      `The keys that tokens are signed with cannot be fetched ${JSON.stringify({
        keySet: issuer.jwksUrl,
        reason: 'The key set was answered with 500',
      })}`,
    ]);
    issuer.respond = undefined;
    expect((await present(token)).status).toBe(200);
  });

  test.each<[string, NonNullable<Issuer['respond']>]>([
    ['500', (_request, response) => void response.writeHead(500).end()],
    ['no JSON', (_request, response) => void response.end('<html>')],
    ['JSON without keys', (_request, response) => void response.end('{}')],
    [
      'too many bytes',
      (_request, response) => void response.end(`{"keys":[],"x":"${'x'.repeat(300_000)}"}`),
    ],
    [
      'half an answer',
      (_request, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{');
        setTimeout(() => response.destroy(), 10);
      },
    ],
    ['nothing in time', () => {}],
  ])('answering with %s is 503', async (_name, respond) => {
    issuer.respond = respond;
    const present = await serveJwt({}, { jwks: { ...jwks, timeoutMs: 200 } });
    expect((await present(await signToken(first))).status).toBe(503);
  });

  test('behind a redirect is not followed', async () => {
    const other = await startIssuer(first);
    issuer.respond = (_request, response) =>
      void response.writeHead(302, { location: other.jwksUrl }).end();
    const present = await serveJwt();
    expect((await present(await signToken(first))).status).toBe(503);
    expect(other.fetches).toBe(0);
    await other.close();
  });

  test('is not asked again at once after it failed, then is', async () => {
    issuer.respond = (_request, response) => void response.writeHead(500).end();
    const present = await serveJwt();
    const token = await signToken(first);
    await present(token);
    await present(token);
    expect(issuer.fetches).toBe(1);
    issuer.respond = undefined;
    clock.advance(5000);
    expect((await present(token)).status).toBe(200);
  });

  test('is fetched again for an unknown key id, but not within the cooldown', async () => {
    const present = await serveJwt();
    await present(await signToken(first));
    const token = await signToken(second);
    issuer.keys = [first, second];
    expect(await present(token)).toEqual({ status: 401, reason: 'ERR_JWKS_NO_MATCHING_KEY' });
    expect(issuer.fetches).toBe(1);
    clock.advance(30_000);
    expect((await present(token)).status).toBe(200);
    expect(issuer.fetches).toBe(2);
    expect((await present(await signToken(first, { ...goodClaims, jti: '2' }))).status).toBe(200);
  });

  test('with a key withdrawn refuses its tokens', async () => {
    const present = await serveJwt();
    const token = await signToken(first);
    expect((await present(token)).status).toBe(200);
    issuer.keys = [second];
    clock.advance(30_000);
    expect((await present(await signToken(second))).status).toBe(200);
    clock.advance(30_000);
    expect((await present(token)).status).toBe(401);
  });

  test('that cannot tell an unknown key id now is 503', async () => {
    const present = await serveJwt();
    await present(await signToken(first));
    issuer.respond = (_request, response) => void response.writeHead(500).end();
    clock.advance(30_000);
    expect((await present(await signToken(second))).status).toBe(503);
  });

  test('stays good while its host is down, for a time', async () => {
    const claims = { ...goodClaims, exp: goodClaims.iat + 90_000 };
    const present = await serveJwt({}, { jwks: { ...jwks, staleMs: 3_600_000 } });
    expect((await present(await signToken(first, claims))).status).toBe(200);
    issuer.respond = (_request, response) => void response.writeHead(500).end();
    clock.advance(3_600_000);
    expect((await present(await signToken(first, { ...claims, jti: '2' }))).status).toBe(200);
    expect(issuer.fetches).toBe(2);
    clock.advance(3_600_000);
    expect((await present(await signToken(first, { ...claims, jti: '3' }))).status).toBe(503);
  });

  test('by a name that leads to a private address is not fetched', async () => {
    const url = issuer.jwksUrl.replace('http://127.0.0.1', 'https://localhost.');
    const present = await serveJwt({ 'inbound.auth.jwt.jwkUrl': url }, { jwks: {} });
    expect((await present(await signToken(first))).status).toBe(503);
    expect(issuer.fetches).toBe(0);
  });

  test.each([
    ['its name', 'localhost', 'localhost'],
    ['its name in other letters', 'localhost', 'LocalHost'],
    ['its address', '127.0.0.1', '127.0.0.1'],
    ['its network', '127.0.0.1', '127.0.0.0/8'],
  ])('in a private network is fetched where the operator lists %s', async (_how, host, listed) => {
    const url = issuer.jwksUrl.replace('127.0.0.1', host);
    const present = await serveJwt(
      { 'inbound.auth.jwt.jwkUrl': url },
      { jwks: { privateHosts: ['10.0.0.0/8', listed] } },
    );
    expect((await present(await signToken(first))).status).toBe(200);
  });

  test.each([
    ['another name', 'http://127.0.0.1', 'localhost'],
    ['part of its name', 'http://localhost', 'local'],
    ['part of its address', 'http://127.0.0.1', '127.0.0.10'],
    ['another network', 'https://[::ffff:127.0.0.1]', '10.0.0.0/8'],
    ['a private address written as IPv6', 'https://[::ffff:10.0.0.1]', 'localhost'],
  ])('in a private network is refused where the operator lists %s', async (_how, base, listed) => {
    await expect(
      serveJwt(
        { 'inbound.auth.jwt.jwkUrl': `${base}/jwks.json` },
        { jwks: { privateHosts: [listed] } },
      ),
    ).rejects.toThrow('private network');
  });

  test.each(['10.0.0.0/33', 'a host', 'https://idp', ''])(
    'cannot be looked for at what is no host: “%s”',
    async (listed) => {
      await expect(serveJwt({}, { jwks: { privateHosts: [listed] } })).rejects.toThrow(
        'privateHosts',
      );
    },
  );
});

describe('a verdict is remembered', () => {
  test('so that a token is verified once a minute', async () => {
    const present = await serveJwt();
    const token = await signToken(first);
    expect((await present(token)).status).toBe(200);
    await issuer.close();
    clock.advance(59_000);
    expect((await present(token)).status).toBe(200);
  });

  test('but not beyond a change of the keys', async () => {
    const present = await serveJwt();
    const token = await signToken(first);
    expect((await present(token)).status).toBe(200);
    issuer.keys = [second];
    clock.advance(30_000);
    expect((await present(await signToken(second))).status).toBe(200);
    expect((await present(token)).status).toBe(401);
  });

  test('but not beyond the token’s end', async () => {
    const present = await serveJwt({ 'inbound.auth.jwt.clockTolerance': 'PT0S' });
    const token = await signToken(first, { ...goodClaims, exp: clock.now() / 1000 + 10 });
    expect((await present(token)).status).toBe(200);
    clock.advance(10_000);
    expect(await present(token)).toEqual({ status: 401, reason: 'ERR_JWT_EXPIRED' });
  });
});
