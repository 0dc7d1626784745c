import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createInbound } from '@bpmn-connectors/runtime';
import { type DeployedInboundElement, systemClock } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { EncryptJWT, SignJWT } from 'jose';
import { webhook } from '../src/index.ts';
import { fakeContext } from './support/fake-context.ts';
import { type SigningKey, signingKey, startIssuer } from './support/issuer.ts';
import { rawRequest } from './support/raw-request.ts';
import { send } from './support/send.ts';
import { adapters, serve } from './support/serve.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

// What went wrong in comparable products, one test a lesson; the names begin with the advisory. Those about
// bodies are in advisories-request.test.ts.

const apiKey: Properties = { 'inbound.auth.type': 'APIKEY', 'inbound.auth.apiKey': 'k-1f2e3d4c' };
const hmac: Properties = {
  'inbound.shouldValidateHmac': 'enabled',
  'inbound.hmacSecret': 'secret',
  'inbound.hmacHeader': 'x-signature',
  'inbound.hmacAlgorithm': 'sha_256',
};

const refusal = (properties: Properties, options = {}): Promise<unknown> =>
  servedWebhook(properties, fakeContext(), { allowUnauthenticated: false, ...options });

describe.each(Object.entries(adapters))('requests, %s adapter', (_name, mount) => {
  test('CVE-2026-21710 (Node): a header named __proto__ is left out', async () => {
    const { hooks, context } = await servedWebhook();
    const served = await serve(mount(hooks));
    const answer = await rawRequest(served.port, (socket) => {
      socket.write(
        'GET /webhooks/orders HTTP/1.1\r\nHost: x\r\n__proto__: a\r\nConnection: close\r\n\r\n',
      );
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(Object(context.events[0]?.scope['request']).headers)).not.toContain(
      '__proto__',
    );
    await served.close();
  });

  test('CVE-2021-3223 (Node-RED), CVE-2024-45296 (path-to-regexp): a webhook has one spelling', async () => {
    const { hooks, context } = await servedWebhook();
    const served = await serve(mount(hooks));
    for (const path of [
      '/orders%2f',
      '/%6frders',
      '/..%2forders',
      '/orders/',
      '/ORDERS',
      '/orders;a',
    ]) {
      const answer = await rawRequest(served.port, (socket) => {
        socket.write(`GET /webhooks${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect(context.events).toEqual([]);
    await served.close();
  });

  test.each([
    ['a malformed signature', 'x-signature: %%%\r\nContent-Length: 4\r\n\r\nnull'],
    ['JSON null', 'Content-Type: application/json\r\nContent-Length: 4\r\n\r\nnull'],
    ['a broken chunk', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['half a body', 'Content-Length: 10\r\n\r\n{'],
  ])('CVE-2023-50728 (octokit): %s without credentials ends in an answer', async (_what, rest) => {
    const { hooks } = await servedWebhook(hmac, undefined, { bodyTimeoutMs: 100 });
    const served = await serve(mount(hooks));
    const answer = await rawRequest(served.port, (socket) => {
      socket.write(`POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${rest}`);
    });
    expect([400, 401, 408]).toContain(answer.status);
    expect((await fetch(`${served.url}/webhooks/orders`)).status).toBe(401);
    await served.close();
  });
});

describe('credentials', () => {
  test.each([
    ['absent', {}],
    ['empty', { 'x-signature': '', apikey: '' }],
    ['twice', { 'x-signature': ['00', '11'], apikey: ['a', 'k-1f2e3d4c'] }],
    ['as a list', { 'x-signature': '00, 11', apikey: 'a, k-1f2e3d4c' }],
  ])(
    'advisory-database#7131 (Appwrite), CVE-2026-45707 (n8n-mcp): a header that is %s is refused',
    async (_how, headers) => {
      for (const properties of [hmac, apiKey]) {
        const { hooks } = await servedWebhook(properties);
        expect((await send(hooks, { headers, body: '{}' })).status).toBe(401);
      }
    },
  );

  test('CVE-2026-21894 (n8n): what a model wants verified is verified or refused, never skipped', async () => {
    await expect(refusal({ ...hmac, 'inbound.hmacSecret': '' })).rejects.toThrow('hmacSecret');
    await expect(refusal({ ...apiKey, 'inbound.signature.scheme': 'stripe' })).rejects.toThrow(
      'inbound.signature.secret',
    );
    await expect(refusal({ ...apiKey, 'inbound.signature.scheme': 'acme' })).rejects.toThrow(
      'inbound.signature.scheme',
    );
    const { hooks } = await servedWebhook(hmac);
    expect((await send(hooks, { body: '{}' })).status).toBe(401);
  });

  test('RUSTSEC-2024-0010 (svix): the beginning of a signature or key is not it', async () => {
    const { hooks } = await servedWebhook(apiKey);
    for (let length = 0; length < 10; length += 1) {
      const apikey = 'k-1f2e3d4c'.slice(0, length);
      expect((await send(hooks, { headers: { apikey } })).status).toBe(401);
    }
  });

  test('CVE-2022-43411, CVE-2022-43412 (Jenkins), kestra#17196, hatchet#4499: nothing in auth/ compares secrets but in constant time', () => {
    const folder = new URL('../src/auth/', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(new URL(file, folder), 'utf8'));
    const comparing = sources.filter((source) => /\b(?:secrets|passwords|keys)\b/.test(source));
    expect(comparing.length).toBeGreaterThan(3);
    const secretValue =
      /(?:[!=]==?\s*|\.(?:includes|indexOf|startsWith|localeCompare)\(\s*)(?:secret|password|key|digest|signature|expected|presented)\b(?!\s*===\s*undefined)/;
    for (const source of comparing) expect(source).not.toMatch(secretValue);
  });

  test('camunda/connectors#8993: a webhook without authentication needs the operator’s word', async () => {
    await expect(refusal({ 'inbound.auth.type': 'NONE' })).rejects.toThrow('inbound.auth.type');
    await expect(refusal({})).rejects.toThrow('inbound.auth.type');
  });

  test.each([
    ['10.0.0.1', 'public'],
    ['::ffff:10.0.0.1', 'public'],
    ['10.0.0.10', 'inner'],
    ['110.0.0.1', 'inner'],
    ['10.0.0.1.evil.example', 'inner'],
  ])(
    'CVE-2025-68949 (n8n): addresses of proxies are compared as numbers: to %s the URL is of the host %s',
    async (remoteAddress, signedHost) => {
      const properties = { ...hmac, 'inbound.hmacScopes': '=["url", "parameters"]' };
      const { hooks } = await servedWebhook(properties, undefined, {
        trustedProxies: ['10.0.0.1'],
      });
      for (const host of ['public', 'inner']) {
        const url = `http://${host}/webhooks/orders?`;
        const signature = createHmac('sha256', 'secret').update(url).digest('hex');
        const headers = { host: 'inner', 'x-forwarded-host': 'public', 'x-signature': signature };
        const { status } = await send(hooks, { headers, remoteAddress });
        expect([host, status]).toEqual([host, host === signedHost ? 200 : 401]);
      }
    },
  );
});

describe('expressions', () => {
  test('CVE-2025-68613, GHSA-6cqr-8cfr-67f8 (n8n): no expression reaches JavaScript', async () => {
    const names = ['constructor', '__proto__', 'constructor.constructor', 'toString', 'length'];
    for (const name of names) {
      const { hooks } = await servedWebhook({
        'inbound.auth.type': 'APIKEY',
        'inbound.auth.apiKey': 'k',
        'inbound.auth.apiKeyLocator': `=string(request.headers.${name})`,
      });
      expect((await send(hooks, {})).status).toBe(401);
    }
    for (const source of ['=(() => 1)()', '=new Date()', '=a;b', '=this.process', '=eval("1")']) {
      const properties = { ...apiKey, 'inbound.auth.apiKeyLocator': source };
      const served = await refusal(properties).then(
        () => servedWebhook(properties),
        () => undefined,
      );
      const status = served && (await send(served.hooks, { headers: { apikey: '1' } })).status;
      expect([source, status ?? 401]).toEqual([source, 401]);
    }
  });
});

describe('tokens', () => {
  const jwtOf = (jwksUrl: string): Properties => ({
    'inbound.auth.type': 'JWT',
    'inbound.auth.jwt.jwkUrl': jwksUrl,
  });
  const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

  async function present(makeToken: (key: SigningKey) => Promise<string>) {
    const key = await signingKey('k1', 'RS256');
    const issuer = await startIssuer(key);
    const context = fakeContext(undefined, { clock: systemClock });
    const { hooks } = await servedWebhook(jwtOf(issuer.jwksUrl), context, {
      jwks: { privateHosts: ['127.0.0.1'] },
    });
    const good = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setExpirationTime(inAnHour())
      .sign(key.privateKey);
    const statusOf = async (token: string) =>
      (await send(hooks, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await statusOf(good)).toBe(200);
    const status = await statusOf(await makeToken(key));
    await issuer.close();
    return status;
  }

  test('CVE-2026-22817, CVE-2026-22818 (hono), CVE-2022-23539/40/41 (jsonwebtoken): the token does not choose its algorithm', async () => {
    const unsigned = async () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none', kid: 'k1' })}.${part({ exp: inAnHour() })}.`;
    };
    expect(await present(unsigned)).toBe(401);
    const byPublicKey = ({ jwk }: SigningKey) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
        .setExpirationTime(inAnHour())
        .sign(Buffer.from(JSON.stringify(jwk)));
    expect(await present(byPublicKey)).toBe(401);
    await expect(refusal(jwtOf(''))).rejects.toThrow('jwkUrl');
  });

  test('GHSA-869p-cjfg-cm3x (node-jws): a key that the token brings is not looked at', async () => {
    const own = await signingKey('k1', 'RS256');
    const status = await present(() =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'RS256', kid: 'k1', jwk: own.jwk, jku: 'https://evil.example' })
        .setExpirationTime(inAnHour())
        .sign(own.privateKey),
    );
    expect(status).toBe(401);
  });

  test('CVE-2024-28176 (jose): encrypted and endless tokens are refused unread', async () => {
    const encrypted = () =>
      new EncryptJWT({})
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime('1h')
        .encrypt(new Uint8Array(32));
    expect(await present(encrypted)).toBe(401);
    expect(await present(async () => `${'a'.repeat(20_000)}.b.c`)).toBe(401);
  });

  test('camunda/connectors#8985: a token without end is refused', async () => {
    const endless = ({ privateKey }: SigningKey) =>
      new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(privateKey);
    expect(await present(endless)).toBe(401);
  });

  test.each([
    'https://[::ffff:127.0.0.1]/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://169.254.169.254/',
  ])('CVE-2026-42449, CVE-2026-39974 (n8n-mcp): key sets are not fetched from %s', async (url) => {
    await expect(refusal(jwtOf(url))).rejects.toThrow('private network');
  });
});

describe('registration', () => {
  const element = (version: number, properties: Properties): DeployedInboundElement => ({
    processId: 'proc',
    elementId: 'Start_1',
    elementType: 'startEvent',
    version,
    properties: {
      'inbound.type': 'io.camunda:webhook:1',
      'inbound.context': 'orders',
      ...properties,
    },
  });

  test('camunda/connectors#9079: a failed activation leaves its path free for the corrected model', async () => {
    const hooks = webhook();
    const inbound = createInbound({
      connectors: [hooks],
      send: async () => ({ status: 'started', processInstanceKey: '1' }),
    });
    const report = await inbound.update([element(1, { ...apiKey, 'inbound.auth.apiKey': '=(' })]);
    expect(report).toMatchObject({ active: 0, failed: 1 });
    expect(await inbound.update([element(2, apiKey)])).toMatchObject({ active: 1, failed: 0 });
    const answer = await send(hooks, { headers: { apikey: 'k-1f2e3d4c' }, body: '{}' });
    expect(answer.status).toBe(200);
    await inbound.close();
  });
});
