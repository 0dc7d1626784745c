import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { createExpressHandler } from '../src/express/index.ts';
import { webhook } from '../src/index.ts';
import { createNodeHandler } from '../src/node/index.ts';
import { type FakeContext, fakeContext } from './support/fake-context.ts';
import { rawRequest } from './support/raw-request.ts';
import { adapters, type Served, serve } from './support/serve.ts';

const open = { 'inbound.auth.type': 'NONE', 'inbound.context': 'orders' };
const json = { 'content-type': 'application/json' };

describe.each(Object.entries(adapters))('the %s adapter', (_name, mount) => {
  let context: FakeContext;
  let served: Served;
  let hooks: ReturnType<typeof webhook>;

  beforeEach(async () => {
    context = fakeContext();
    hooks = webhook({ allowUnauthenticated: true, maxBodyBytes: 1000, bodyTimeoutMs: 300 });
    await hooks.prepare(open).activate(context);
    hooks.enter('active');
    served = await serve(mount(hooks));
  });
  afterEach(() => served.close());

  const post = (body: string, headers: Record<string, string> = json, path = '/webhooks/orders') =>
    fetch(served.url + path, { method: 'POST', headers, body });

  test('hands a request over and answers 200 without body', async () => {
    const answer = await post('{"a":[1]}', { ...json, 'X-Key': 'V' }, '/webhooks/orders?p=1&p=2&q');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe('0');
    expect(context.events[0]?.scope).toMatchObject({
      request: {
        body: { a: [1] },
        headers: { 'content-type': 'application/json', 'x-key': 'V' },
        params: { p: '1', q: '' },
      },
      connectorData: {},
      documents: [],
    });
  });

  test('serves /inbound like /webhooks', async () => {
    expect((await post('{}', json, '/inbound/orders')).status).toBe(200);
  });

  test.each([
    ['http://hooks.example/webhooks/orders?a=1', 200],
    ['HTTPS://hooks.example:8443/webhooks/orders?a=1', 200],
    ['http://hooks.example?/webhooks/orders', 404],
    ['http://hooks.example', 404],
  ])('understands a whole URL as target, as behind a proxy: %s', async (target, status) => {
    const answer = await rawRequest(served.port, (socket) =>
      socket.write(
        `POST ${target} HTTP/1.1\r\nHost: hooks.example\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
      ),
    );
    expect(answer.status).toBe(status);
    const targets = context.events.map(({ raw }) => raw.envelope['target']);
    expect(targets).toEqual(status === 200 ? ['/webhooks/orders?a=1'] : []);
  });

  test.each([
    '/webhooks/other',
    '/webhooks/orders/',
    '/webhooks/orders/x',
    '/webhooks/ORDERS',
    '/webhooks',
    '/webhooks/',
    '/other/orders',
    '/webhooksx/orders',
    '/webhooks/%6Frders',
    '/webhooks/__proto__',
  ])('answers %s with 404', async (path) => {
    expect((await post('{}', json, path)).status).toBe(404);
    expect(context.events).toHaveLength(0);
  });

  test('keeps a connection for the next request', async () => {
    const answer = await rawRequest(served.port, (socket) => {
      const head =
        'POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
      socket.write(`${head}Content-Length: 2\r\n\r\n{}`);
      socket.write(`${head}Content-Length: 2\r\nConnection: close\r\n\r\n{}`);
    });
    expect(answer.text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(context.events).toHaveLength(2);
  });

  test('takes a body of exactly the limit and refuses one byte more', async () => {
    expect((await post(`"${'x'.repeat(998)}"`)).status).toBe(200);
    expect((await post(`"${'x'.repeat(999)}"`)).status).toBe(413);
  });

  test('refuses a declared length over the limit without waiting for the body', async () => {
    const answer = await rawRequest(served.port, (socket) => {
      socket.write('POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n');
    });
    expect(answer.status).toBe(413);
    expect(answer.header('connection')).toBe('close');
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'BODY_TOO_LARGE', status: 413 });
  });

  test('finds that a path is unknown before it reads the body', async () => {
    const answer = await rawRequest(served.port, (socket) => {
      socket.write('POST /webhooks/other HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{');
    });
    expect(answer.status).toBe(404);
  });

  test('counts the bytes of a chunked body, which declares no length', async () => {
    const chunk = `3e8\r\n${'x'.repeat(1000)}\r\n`;
    const answer = await rawRequest(served.port, (socket) => {
      socket.write(
        'POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      socket.write(chunk.repeat(3));
      socket.write('0\r\n\r\n');
    });
    expect(answer.status).toBe(413);
  });

  test('lets a sender that is still sending finish, and read the 413', async () => {
    const answer = await rawRequest(served.port, (socket) => {
      socket.write('POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n');
      let left = 30;
      const sendMore = (): void => {
        if (left-- > 0 && !socket.destroyed)
          socket.write('x'.repeat(100_000), () => setImmediate(sendMore));
      };
      sendMore();
    });
    expect(answer).toMatchObject({ status: 413, reset: false });
  });

  test('answers a slow sender with 408 and hangs up', async () => {
    const answer = await rawRequest(served.port, (socket) => {
      socket.write('POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"a"');
    });
    expect(answer.status).toBe(408);
    expect(context.refusals).toEqual([{ step: 'read', code: 'BODY_TIMEOUT', status: 408 }]);
  });

  test('counts a sender that goes away in the middle of its body, and goes on serving', async () => {
    const gone = new Promise<void>((resolve) => {
      context.refused = (refusal) => {
        context.refusals.push(refusal);
        resolve();
      };
    });
    await rawRequest(served.port, (socket) => {
      socket.write('POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"a"');
      setTimeout(() => socket.destroy(), 50);
    });
    await gone;
    expect(context.refusals).toEqual([{ step: 'read', code: 'BODY_ABORTED', status: 400 }]);
    expect((await post('{}')).status).toBe(200);
  });

  test('survives broken chunks', async () => {
    const answer = await rawRequest(served.port, (socket) => {
      socket.write(
        'POST /webhooks/orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      socket.write('zz\r\nnot a chunk');
    });
    expect(answer.status).toBe(400);
    expect((await post('{}')).status).toBe(200);
  });

  test.each(['gzip', 'deflate', 'br'])('refuses a body compressed with %s', async (encoding) => {
    expect((await post('{}', { ...json, 'content-encoding': encoding })).status).toBe(415);
  });

  test('answers HEAD without body and OPTIONS with the methods', async () => {
    const head = await fetch(`${served.url}/webhooks/nothing`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([404, '']);
    const options = await fetch(`${served.url}/webhooks/orders`, { method: 'OPTIONS' });
    expect(options.status).toBe(204);
    expect(options.headers.get('allow')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS');
  });

  test('drops a header named __proto__ and keeps the first of several values', async () => {
    const answer = await rawRequest(served.port, (socket) => {
      socket.write(
        'POST /webhooks/orders HTTP/1.1\r\nHost: x\r\n__proto__: evil\r\nX-Multi: one\r\nX-Multi: two\r\nconstructor: c\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
      );
    });
    expect(answer.status).toBe(200);
    const headers = JSON.parse(JSON.stringify(context.events[0]?.scope['request'])).headers;
    expect(headers).toMatchObject({ 'x-multi': 'one', constructor: 'c' });
    expect(JSON.stringify(headers)).not.toContain('evil');
  });
});

test('the node adapter serves at the root when no mount point is given', async () => {
  const hooks = webhook({ allowUnauthenticated: true });
  await hooks.prepare(open).activate(fakeContext());
  const served = await serve(createNodeHandler(hooks, { mount: [] }));
  expect((await fetch(`${served.url}/orders`, { method: 'POST' })).status).toBe(200);
  await served.close();
});

test('the express adapter says so when a body parser stands before it', async () => {
  const hooks = webhook({ allowUnauthenticated: true });
  await hooks.prepare(open).activate(fakeContext());
  const app = express();
  app.use(express.json());
  app.use('/webhooks', createExpressHandler(hooks));
  const served = await serve(app);
  const answer = await fetch(`${served.url}/webhooks/orders`, {
    method: 'POST',
    headers: json,
    body: '{}',
  });
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({
    code: 'BODY_ALREADY_READ',
    detail: expect.stringContaining('before express.json()'),
  });
  await served.close();
});
