import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { call, eventually, postJson } from './call.ts';
import { type Program, startProgram } from './program.ts';

let folder = '';
let program: Program | undefined;
const endings: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-receiver-'));
});

afterEach(async () => {
  program?.child.kill('SIGKILL');
  await program?.ended;
  for (const end of endings.splice(0)) await end();
  await rm(folder, { recursive: true });
});

const configure = (configuration: object): Promise<void> =>
  writeFile(join(folder, 'bpmn-connectors.config.json'), JSON.stringify(configuration));

const env = {
  SECRET_API_KEY: 'the-api-key',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'an-example',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** One command in a folder with a configuration file. */
function start(...options: readonly string[]): Program {
  const ports = ['--port', '0', '--management-port', '0'];
  program = startProgram(['run', ...ports, ...options], { cwd: folder, env });
  return program;
}

const guarded = {
  'inbound.auth.type': 'APIKEY',
  'inbound.auth.apiKey': '{{secrets.API_KEY}}',
  'inbound.auth.apiKeyLocator': '=request.headers.apikey',
};
const key = { apikey: 'the-api-key' };
const event = (id: string) => ({
  id,
  source: 'shop',
  'detail-type': 'order_created',
  detail: { orderId: id },
});

describe('events that are printed', () => {
  const configuration = {
    engine: 'forward',
    forward: { print: true },
    endpoints: {
      orders: {
        ...guarded,
        activationCondition: '=request.body.detail.orderId != null',
        consumeUnmatchedEvents: true,
        resultExpression: '={order: request.body.detail.orderId}',
      },
      open: { 'inbound.auth.type': 'NONE' },
    },
  };

  test('come out as lines of JSON, those that nobody wants do not', async () => {
    await configure(configuration);
    const running = start();
    const { webhooks } = await running.addresses();
    expect((await postJson(`${webhooks}/webhooks/orders`, event('A1'), key)).status).toBe(200);
    expect((await postJson(`${webhooks}/webhooks/orders`, { detail: {} }, key)).status).toBe(200);
    expect((await postJson(`${webhooks}/webhooks/orders`, event('A2'))).status).toBe(401);
    expect((await postJson(`${webhooks}/webhooks/open`, { a: 1 })).status).toBe(200);
    await running.printed('"a":1');
    const lines = running
      .stdout()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { endpoint: 'orders', order: 'A1' },
      { endpoint: 'open', request: expect.objectContaining({ body: { a: 1 } }) },
    ]);
  });

  test('do not come out twice, over a kill and a restart', async () => {
    await configure(configuration);
    const first = start();
    const before = await first.addresses();
    const post = (url: string, id: string) => postJson(`${url}/webhooks/orders`, event(id), key);
    expect((await post(before.webhooks, 'A1')).status).toBe(200);
    await first.printed('A1');
    // The claim of the first is on disk with that of the second.
    expect((await post(before.webhooks, 'A2')).status).toBe(200);
    await first.printed('A2');
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start();
    const { webhooks } = await second.addresses();
    expect((await post(webhooks, 'A1')).status).toBe(200);
    expect((await post(webhooks, 'A3')).status).toBe(200);
    await second.printed('A3');
    expect(second.stdout()).not.toContain('A1');
  });

  test('are listed as deliveries of their endpoint', async () => {
    await configure(configuration);
    const { webhooks, management } = await start().addresses();
    await postJson(`${webhooks}/webhooks/orders`, event('A1'), key);
    const { text } = await call(`${management}/api/deliveries`);
    expect(JSON.parse(text).items).toEqual([
      expect.objectContaining({ endpoint: 'orders', outcome: 'accepted', status: 200 }),
    ]);
    const endpoints = await call(`${management}/api/endpoints`);
    expect(JSON.parse(endpoints.text).items).toHaveLength(2);
  });
});

describe('events that go on to a bus', () => {
  let bridge: LocalEventBridge;

  beforeEach(async () => {
    bridge = await startLocalEventBridge();
    endings.push(() => bridge.close());
  });

  const put = (more: object = {}) =>
    configure({
      engine: 'forward',
      awsEndpoint: bridge.endpoint,
      awsRegion: 'eu-central-1',
      forward: {
        eventBridge: {
          source: '="github.com/" + endpoint',
          detailType: '=get value(request.headers, "x-github-event")',
          detail: '=request.body',
          ...more,
        },
      },
      endpoints: { hooks: { ...guarded } },
    });
  const send = async (body: unknown, headers: Record<string, string> = {}) => {
    const { webhooks } = await start('--log-level', 'error').addresses();
    return postJson(`${webhooks}/webhooks/hooks`, body, {
      ...key,
      'x-github-event': 'push',
      'x-github-delivery': 'd1',
      ...headers,
    });
  };

  test('are there once, with source, detail type and detail by FEEL', async () => {
    await put();
    expect((await send({ ref: 'main' })).status).toBe(200);
    const again = await (program?.addresses() ?? Promise.reject(new Error('not started')));
    const redelivery = { ...key, 'x-github-event': 'push', 'x-github-delivery': 'd1' };
    expect((await postJson(`${again.webhooks}/webhooks/hooks`, {}, redelivery)).status).toBe(200);
    expect(bridge.events).toMatchObject([
      { source: 'github.com/hooks', 'detail-type': 'push', detail: { ref: 'main' } },
    ]);
  });

  test('of more than a megabyte are refused by their size', async () => {
    await put();
    expect(await send({ text: 'x'.repeat(1_100_000) })).toMatchObject({ status: 413 });
    expect(bridge.events).toEqual([]);
  });

  test('are asked for again while the bus is not to be reached', async () => {
    await put();
    bridge.failNext({ kind: 'error', code: 'InternalException', times: 9 });
    const { status, headers } = await send({ ref: 'main' });
    expect(status).toBe(503);
    expect(headers['retry-after']).toMatch(/^\d+$/);
  });

  test('that a bus refuses for good are kept as dead letters', async () => {
    await put();
    bridge.failNext({ kind: 'error', code: 'AccessDeniedException' });
    expect((await send({ ref: 'main' })).status).toBe(422);
    const { management } = await (program?.addresses() ?? Promise.reject(new Error('not started')));
    const { text } = await call(`${management}/api/dead-letters`);
    expect(JSON.parse(text).items).toEqual([
      expect.objectContaining({ webhookId: 'hooks', code: 'REJECTED' }),
    ]);
  });
});

describe('events that are posted to a URL', () => {
  interface Received {
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: unknown;
  }
  const received: Received[] = [];
  let status = 204;
  let target: Server;

  beforeEach(async () => {
    received.length = 0;
    target = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      request.on('end', () => {
        received.push({ headers: request.headers, body: JSON.parse(text) });
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    endings.push(() => target.close());
    const address = target.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await configure({
      engine: 'forward',
      forward: {
        http: {
          url: `http://127.0.0.1:${port}/in`,
          headers: { 'x-from': 'receiver' },
          body: '={order: request.body.detail.orderId}',
        },
      },
      endpoints: { orders: { 'inbound.auth.type': 'NONE' } },
    });
  });

  test('arrive as the body says, with a key by which they are known', async () => {
    status = 204;
    const { webhooks } = await start().addresses();
    expect((await postJson(`${webhooks}/webhooks/orders`, event('A1'))).status).toBe(200);
    expect(received).toEqual([
      {
        headers: expect.objectContaining({
          'x-from': 'receiver',
          'content-type': 'application/json',
          'idempotency-key': expect.stringMatching(/^[0-9a-f]{64}$/),
        }),
        body: { order: 'A1' },
      },
    ]);
  });

  test.each([
    [500, 503],
    [429, 503],
    [400, 422],
    [413, 413],
    [302, 422],
  ])('and answered with %i are answered with %i', async (given, expected) => {
    status = given;
    const { webhooks } = await start('--log-level', 'error').addresses();
    expect((await postJson(`${webhooks}/webhooks/orders`, event('A1'))).status).toBe(expected);
  });
});

describe('a changed configuration file', () => {
  const withEndpoints = (...names: readonly string[]) => ({
    engine: 'forward',
    forward: { print: true },
    endpoints: Object.fromEntries(names.map((name) => [name, { 'inbound.auth.type': 'NONE' }])),
  });

  test('changes what is served, and a wrong one changes nothing and says why', async () => {
    await configure(withEndpoints('one'));
    const running = start();
    const { webhooks } = await running.addresses();
    const statusOf = async (name: string) =>
      (await postJson(`${webhooks}/webhooks/${name}`, {})).status;
    expect([await statusOf('one'), await statusOf('two')]).toEqual([200, 404]);
    const next = join(folder, 'next.json');
    await writeFile(next, JSON.stringify(withEndpoints('one', 'two')));
    await rename(next, join(folder, 'bpmn-connectors.config.json'));
    await eventually(
      () => statusOf('two'),
      (status) => status === 200,
    );
    await writeFile(join(folder, 'bpmn-connectors.config.json'), '{ "endpoints": ');
    await eventually(
      async () => running.stderr(),
      (text) => text.includes('the endpoints stay as they were'),
    );
    expect(running.stderr()).toContain('is not JSON');
    expect([await statusOf('one'), await statusOf('two')]).toEqual([200, 200]);
    await configure(withEndpoints('two'));
    await eventually(
      () => statusOf('one'),
      (status) => status === 404,
    );
  });

  test('drops no request while it is read', async () => {
    await configure(withEndpoints('one'));
    const { webhooks } = await start('--log-level', 'error').addresses();
    const statuses = new Set<number>();
    let sending = true;
    const sender = (async () => {
      while (sending) statuses.add((await postJson(`${webhooks}/webhooks/one`, {})).status);
    })();
    for (let turn = 0; turn < 5; turn++) {
      await configure(withEndpoints('one', `more-${turn}`));
      await eventually(
        async () => (await postJson(`${webhooks}/webhooks/more-${turn}`, {})).status,
        (status) => status === 200,
      );
    }
    sending = false;
    await sender;
    expect([...statuses]).toEqual([200]);
  });
});

describe('a configuration that cannot be right ends the program at once', () => {
  test.each<[string, object, RegExp]>([
    [
      'with a key that is unknown',
      { engine: 'forward', forward: { printt: true } },
      /forward: unknown key printt/,
    ],
    [
      'with two targets',
      { engine: 'forward', forward: { print: true, http: { url: 'http://127.0.0.1' } } },
      /forward must name one of eventBridge, http, print/,
    ],
    [
      'without a target',
      { engine: 'forward', endpoints: {} },
      /forward: it is missing: nothing says where events go/,
    ],
    [
      'with endpoints for the embedded engine',
      { endpoints: { a: { 'inbound.auth.type': 'NONE' } } },
      /endpoints: the embedded engine takes its endpoints from models/,
    ],
    [
      'with FEEL that cannot be parsed',
      {
        engine: 'forward',
        forward: { eventBridge: { source: '=a +', detailType: '=(' } },
        endpoints: {},
      },
      /forward\.eventBridge\.source: .*\n.*forward\.eventBridge\.detailType: /,
    ],
    [
      'with an endpoint whose secret is missing',
      {
        engine: 'forward',
        forward: { print: true },
        endpoints: { a: { ...guarded, 'inbound.auth.apiKey': '{{secrets.GONE}}' } },
      },
      /element a .*the secret GONE does not exist/,
    ],
  ])('%s', async (_name, configuration, complaint) => {
    await configure(configuration);
    const running = start();
    expect([1, 2]).toContain(await running.ended);
    expect(running.stderr()).toMatch(complaint);
  });
});
