import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { WebhookOptions } from '../src/index.ts';
import { type FakeContext, fakeContext } from './support/fake-context.ts';
import { type RawAnswer, rawRequest } from './support/raw-request.ts';
import { adapters, type Served, serve } from './support/serve.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

// What strangers write to a connection, byte for byte. Where it was an advisory, the name begins with it.

const maxBodyBytes = 100_000;
const open: Properties = { 'inbound.auth.type': 'NONE' };
const keyed: Properties = {
  'inbound.auth.type': 'APIKEY',
  'inbound.auth.apiKey': 'k-1f2e3d4c',
  'inbound.auth.apiKeyLocator': '=request.headers.apikey',
};
const json = 'Content-Type: application/json';
const form = 'Content-Type: application/x-www-form-urlencoded';
const multipart = 'Content-Type: multipart/form-data; boundary=b';
const gzipped = `${json}\r\nContent-Encoding: gzip`;

/** A request whose declared length is right. */
const post = (headers: string, body: string | Uint8Array, path = '/webhooks/orders') =>
  Buffer.concat([
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\nContent-Length: ${body.length}\r\n\r\n`,
      'latin1',
    ),
    Buffer.from(body),
  ]);

/** A request framed by what follows its headers. */
const framed = (headers: string, rest: string) =>
  `POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n\r\n${rest}`;

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

describe.each(Object.entries(adapters))('over the %s adapter', (_name, mount) => {
  let served: Served | undefined;
  afterEach(() => served?.close());

  async function start(properties = open, options: WebhookOptions = {}): Promise<FakeContext> {
    const context = fakeContext();
    const limits = { maxBodyBytes, bodyTimeoutMs: 300, ...options };
    const { hooks } = await servedWebhook(properties, context, limits);
    served = await serve(mount(hooks));
    return context;
  }

  const converse = (send: (socket: Socket) => void): Promise<RawAnswer> =>
    rawRequest(served?.port ?? 0, send);

  const ask = (bytes: string | Uint8Array): Promise<RawAnswer> =>
    converse((socket) => void socket.write(bytes));

  const bodyOf = ({ events }: FakeContext): unknown => Object(events[0]?.scope['request']).body;

  describe('the header of a credential that is', () => {
    test.each<[string, string, number]>([
      ['right', 'ApiKey: k-1f2e3d4c', 200],
      ['absent', 'X-Other: k-1f2e3d4c', 401],
      ['empty', 'ApiKey:', 401],
      ['there twice, the first wrong', 'ApiKey: a\r\nApiKey: k-1f2e3d4c', 401],
      ['there twice, the first empty', 'ApiKey:\r\nApiKey: k-1f2e3d4c', 401],
      ['a list with the right one in it', 'ApiKey: a, k-1f2e3d4c', 401],
      ['named __proto__', '__proto__: k-1f2e3d4c', 401],
      ['64 kB long', `ApiKey: ${'k'.repeat(65_536)}`, 431],
    ])(
      'advisory-database#7131 (Appwrite), CVE-2026-45707 (n8n-mcp), CVE-2026-21710 (Node): %s',
      async (_how, header, status) => {
        const context = await start(keyed);
        expect((await ask(post(`${json}\r\n${header}`, '{}'))).status).toBe(status);
        expect(context.events).toHaveLength(status === 200 ? 1 : 0);
      },
    );
  });

  describe('a body is taken', () => {
    test.each<[string, string, string, unknown]>([
      ['that is empty, as {}', json, '', {}],
      ['that is null, as {}', json, 'null', {}],
      ['that is a list', json, '[1,[2]]', [1, [2]]],
      ['of the limit', json, `"${'x'.repeat(maxBodyBytes - 2)}"`, 'x'.repeat(maxBodyBytes - 2)],
      ['with a byte order mark', json, '\ufeff{"a":1}', { a: 1 }],
    ])('%s', async (_what, headers, body, expected) => {
      const context = await start();
      expect((await ask(post(headers, Buffer.from(body)))).status).toBe(200);
      expect(bodyOf(context)).toEqual(expected);
    });
  });

  describe('a body is refused', () => {
    test.each<[string, string | Uint8Array, number]>([
      ['that is not JSON', post(json, '{"a":'), 400],
      ['that is not UTF-8', post(json, new Uint8Array([0x22, 0xff, 0x22])), 400],
      ['in another charset', post(`${json}; charset=utf-16`, '{}'), 415],
      ['with two byte order marks', post(json, Buffer.from('\ufeff\ufeff{}')), 400],
      ['nested 10,000 deep', post(json, '['.repeat(10_000) + ']'.repeat(10_000)), 400],
      ['with a key named __proto__', post(json, '{"a":[{"__proto__":{}}]}'), 400],
      ['one byte over the limit', post(json, `"${'x'.repeat(maxBodyBytes - 1)}"`), 413],
      ['whose chunks are cut short', framed('Transfer-Encoding: chunked', '5\r\n{"a'), 408],
      [
        'one byte over the limit in chunks',
        framed(
          'Transfer-Encoding: chunked',
          `${chunk(`"${'x'.repeat(maxBodyBytes - 1)}"`)}0\r\n\r\n`,
        ),
        413,
      ],
      [
        'with a length and chunks, of which one lies',
        framed('Content-Length: 2\r\nTransfer-Encoding: chunked', `${chunk('{}')}0\r\n\r\n`),
        400,
      ],
      [
        'with two lengths, of which one lies',
        framed('Content-Length: 2\r\nContent-Length: 9', '{}'),
        400,
      ],
      ['shorter than its declared length', framed('Content-Length: 9', '{}'), 408],
      ['compressed, where that was not asked for', post(gzipped, gzipSync('{}')), 415],
    ])('%s', async (_what, bytes, status) => {
      const context = await start();
      expect((await ask(bytes)).status).toBe(status);
      expect(context.events).toEqual([]);
    });

    test('where it is longer than its declared length: the rest is no part of it', async () => {
      const context = await start();
      const head = `POST /webhooks/orders HTTP/1.1\r\nHost: x\r\n${json}`;
      const answer = await converse((socket) => {
        socket.write(`${head}\r\nContent-Length: 2\r\n\r\n{}`);
        socket.once('data', () => socket.write(',"b":1}'));
      });
      expect(answer.text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
      expect(bodyOf(context)).toEqual({});
      expect(context.events).toHaveLength(1);
    });
  });

  const whole = post(json, '{"a":1}').toString();
  const headEnd = whole.indexOf('\r\n\r\n') + 4;

  test.each<[string, number]>([
    ['before its first byte', 0],
    ['in its request line', 9],
    ['in its headers', headEnd - 12],
    ['behind its headers', headEnd],
    ['in its body', headEnd + 3],
  ])('a sender that goes away %s harms nobody', async (_where, length) => {
    const context = await start();
    await converse((socket) => {
      if (length === 0) socket.destroy();
      else socket.write(whole.slice(0, length), () => setTimeout(() => socket.destroy(), 50));
    });
    expect((await ask(post(json, '{"next":true}'))).status).toBe(200);
    expect(context.events).toHaveLength(1);
    expect(bodyOf(context)).toEqual({ next: true });
    expect(context.logged).toEqual([]);
  });

  test('a sender that goes away while its event is correlated loses its answer, not its event', async () => {
    let finish = (): void => {};
    let arrived = (): void => {};
    const correlating = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const context = fakeContext(() => {
      arrived();
      return new Promise((resolve) => {
        finish = () => resolve({ status: 'started', processInstanceKey: '1' });
      });
    });
    const { hooks } = await servedWebhook(open, context);
    served = await serve(mount(hooks));
    const delivered = new Promise<number | undefined>((resolve) => {
      context.delivered = ({ status }) => resolve(status);
    });
    await converse((socket) => {
      socket.write(whole);
      void correlating.then(() => socket.destroy());
    });
    finish();
    expect(await delivered).toBe(200);
    expect((await fetch(`${served.url}/webhooks/none`)).status).toBe(404);
  });

  test('CVE-2026-21858 (n8n): only a multipart body has documents, whatever JSON or a form says', async () => {
    const forged =
      '{"documents":[{"name":"f","content":"L2V0Yw=="}],"files":{"f":{"filepath":"/etc"}}}';
    const context = await start();
    expect((await ask(post(json, forged))).status).toBe(200);
    expect((await ask(post(form, 'documents=f&files=f'))).status).toBe(200);
    expect((await ask(post('Content-Type: text/plain', forged))).status).toBe(200);
    expect(context.events.map(({ scope }) => scope['documents'])).toEqual([[], [], []]);
    expect((await ask(post(multipart, forged))).status).toBe(400);
    const part = '--b\r\nContent-Disposition: form-data; name="f"\r\n\r\n{}\r\n--b--\r\n';
    expect((await ask(post(multipart, part))).status).toBe(200);
    expect(context.events[3]?.scope).toMatchObject({
      request: { body: {} },
      documents: [{ name: 'f', content: 'e30=' }],
    });
  });

  test('CVE-2021-21297 (Node-RED): no body, query or part reaches a prototype', async () => {
    const context = await start();
    const part = '--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--b--\r\n';
    expect((await ask(post(json, '{"a":{"__proto__":{"admin":true}}}'))).status).toBe(400);
    expect((await ask(post(form, '__proto__=1'))).status).toBe(400);
    expect((await ask(post(json, '{}', '/webhooks/orders?__proto__=1'))).status).toBe(400);
    expect((await ask(post(multipart, part))).status).toBe(200);
    expect(context.events.map(({ scope }) => scope['documents'])).toMatchObject([
      [{ name: '__proto__', content: 'MQ==' }],
    ]);
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  test('CVE-2024-45590, GHSA-wqch-xfxh-vrr4 (body-parser), CVE-2025-15284 (qs): forms and queries are flat and bounded', async () => {
    const context = await start();
    const nested = `a${'[b]'.repeat(5000)}=1&c[]=1&c[]=2`;
    expect((await ask(post(form, nested))).status).toBe(200);
    expect(Object.values(Object(bodyOf(context)))).toEqual(['1', '1']);
    expect((await ask(post(form, 'a=1&'.repeat(1001)))).status).toBe(400);
    const long = `/webhooks/orders?${'a&'.repeat(201)}`;
    expect((await ask(post(json, '{}', long))).status).toBe(400);
  });

  test('CVE-2024-28176 (jose), gzip bombs: what a body unpacks to is bounded', async () => {
    const context = await start(open, { acceptCompressed: true });
    const bomb = gzipSync(Buffer.alloc(90_000_000));
    expect(bomb.length).toBeLessThan(maxBodyBytes);
    expect((await ask(post(gzipped, bomb))).status).toBe(413);
    expect(context.refusals).toMatchObject([{ code: 'UNPACKED_TOO_LARGE' }]);
    expect((await ask(post(gzipped, gzipSync('{}')))).status).toBe(200);
  });

  test('camunda/connectors#8987: a stranger is refused for the length that is declared or counted, before credentials', async () => {
    const context = await start(keyed);
    expect((await ask(framed('Content-Length: 1000000000', ''))).status).toBe(413);
    const counted = framed('Transfer-Encoding: chunked', chunk('x'.repeat(maxBodyBytes + 1)));
    expect((await ask(counted)).status).toBe(413);
    expect(context.refusals).toMatchObject([{ step: 'limits' }, { step: 'read' }]);
  });

  test('camunda/connectors#8987: the body of an unknown path is not waited for', async () => {
    await start();
    const unknown = 'POST /webhooks/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n';
    expect((await ask(unknown)).status).toBe(404);
  });
});
