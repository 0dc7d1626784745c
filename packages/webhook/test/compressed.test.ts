import { createHmac } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { webhook } from '../src/index.ts';
import { fakeContext } from './support/fake-context.ts';
import { type Sent, send } from './support/send.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

const json = Buffer.from('{"a":1}');
const packers: Readonly<Record<string, (bytes: Uint8Array) => Buffer>> = {
  gzip: (bytes) => gzipSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
  br: (bytes) => brotliCompressSync(bytes),
};
const open: Properties = { 'inbound.auth.type': 'NONE' };
const maxBodyBytes = 100_000;

const served = (properties = open) =>
  servedWebhook(properties, fakeContext(), { acceptCompressed: true, maxBodyBytes });

const packed = (encoding: string | readonly string[], body: Uint8Array): Sent => ({
  headers: { 'Content-Encoding': encoding, 'Content-Type': 'application/json' },
  body,
});

describe.each(Object.entries(packers))('a body compressed with %s', (encoding, pack) => {
  test('is unpacked where the operator takes it', async () => {
    const { hooks, context } = await served();
    expect((await send(hooks, packed(encoding.toUpperCase(), pack(json)))).status).toBe(200);
    expect(context.events[0]?.scope['request']).toMatchObject({ body: { a: 1 } });
  });

  test('that unpacks to the limit is taken, to one byte more is 413', async () => {
    const { hooks, context } = await served();
    const text = (length: number) => pack(Buffer.from(`"${'x'.repeat(length - 2)}"`));
    expect((await send(hooks, packed(encoding, text(maxBodyBytes)))).status).toBe(200);
    const answer = await send(hooks, packed(encoding, text(maxBodyBytes + 1)));
    expect(answer).toMatchObject({ status: 413, json: { code: 'BODY_TOO_LARGE' } });
    expect(context.refusals).toMatchObject([{ code: 'UNPACKED_TOO_LARGE' }]);
  });

  test('and cut short is 400', async () => {
    const { hooks, context } = await served();
    const body = pack(json);
    expect((await send(hooks, packed(encoding, body.subarray(0, -4)))).status).toBe(400);
    expect((await send(hooks, packed(encoding, Buffer.from('plain')))).status).toBe(400);
    expect(context.refusals).toMatchObject([
      { step: 'parse', code: 'ENCODING_BROKEN' },
      { step: 'parse', code: 'ENCODING_BROKEN' },
    ]);
  });

  test('and with something behind its end is 400', async () => {
    const { hooks, context } = await served();
    const body = Buffer.concat([pack(json), Buffer.from('more')]);
    expect((await send(hooks, packed(encoding, body))).status).toBe(400);
    expect(context.refusals).toMatchObject([{ step: 'parse', code: 'ENCODING_BROKEN' }]);
    expect(context.events).toEqual([]);
  });

  test('is signed as it came, not as it unpacks', async () => {
    const { hooks } = await served({
      'inbound.shouldValidateHmac': 'enabled',
      'inbound.hmacSecret': 'secret',
      'inbound.hmacHeader': 'x-signature',
      'inbound.hmacAlgorithm': 'sha_256',
    });
    const body = pack(json);
    const statusOf = async (signed: Uint8Array) => {
      const signature = createHmac('sha256', 'secret').update(signed).digest('hex');
      const { headers } = packed(encoding, body);
      return (await send(hooks, { headers: { ...headers, 'x-signature': signature }, body }))
        .status;
    };
    expect(await statusOf(body)).toBe(200);
    expect(await statusOf(json)).toBe(401);
  });

  test('is kept unpacked, so that a dead letter can be read again', async () => {
    const { hooks, context } = await served();
    await send(hooks, packed(encoding, pack(json)));
    const [event] = context.events;
    if (event === undefined) throw new Error('no event');
    expect(Buffer.from(event.raw.body)).toEqual(json);
    expect(event.raw.envelope['headers']).toEqual(['Content-Type', 'application/json']);
    const endpoint = webhook({ allowUnauthenticated: true }).prepare({
      ...open,
      'inbound.context': 'orders',
    });
    expect(endpoint.read(event.raw).scope).toEqual(event.scope);
  });
});

describe('a body is refused with 415', () => {
  test.each<[string, string | readonly string[]]>([
    ['compressed twice', 'gzip, gzip'],
    ['compressed twice, said in two headers', ['gzip', 'br']],
    ['with a second encoding behind identity', ['identity', 'gzip, br']],
    ['with an encoding that nobody knows', 'zstd'],
  ])('%s', async (_name, encoding) => {
    const { hooks } = await served();
    const answer = await send(hooks, packed(encoding, gzipSync(json)));
    expect(answer).toMatchObject({
      status: 415,
      json: { code: 'ENCODING_UNSUPPORTED' },
      headers: { 'accept-encoding': 'gzip, deflate, br' },
    });
  });

  test('compressed at all, where the operator chose nothing', async () => {
    const { hooks } = await servedWebhook();
    const answer = await send(hooks, packed('gzip', gzipSync(json)));
    expect(answer).toMatchObject({ status: 415, headers: { 'accept-encoding': 'identity' } });
  });

  test('compressed, where its credential stands in it', async () => {
    const { hooks } = await served({
      'inbound.auth.type': 'APIKEY',
      'inbound.auth.apiKey': 'k',
      'inbound.auth.apiKeyLocator': '=request.body.key',
    });
    expect((await send(hooks, packed('gzip', gzipSync('{"key":"k"}')))).status).toBe(415);
    expect((await send(hooks, { body: '{"key":"k"}' })).status).toBe(200);
  });
});

test('a body that says identity, or is empty, is not unpacked', async () => {
  const { hooks } = await served();
  expect((await send(hooks, packed('identity', json))).status).toBe(200);
  expect((await send(hooks, packed('gzip', new Uint8Array(0)))).status).toBe(200);
});

test('nothing is unpacked before its sender is known', async () => {
  const { hooks, context } = await served({
    'inbound.auth.type': 'APIKEY',
    'inbound.auth.apiKey': 'k',
    'inbound.auth.apiKeyLocator': '=request.headers.apikey',
  });
  expect((await send(hooks, packed('gzip', Buffer.from('broken')))).status).toBe(401);
  expect(context.refusals).toMatchObject([{ step: 'authenticate' }]);
});
