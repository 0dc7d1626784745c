import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { call, eventually, postJson } from './call.ts';
import { type Program, startProgram } from './program.ts';

// Processes are started, on machines that may be busy.
jest.setTimeout(60_000);

const modelFile = (name: string): string => fileURLToPath(new URL(`data/${name}`, import.meta.url));
const orderShipping = fileURLToPath(
  new URL('../../../examples/order-shipping/models/order-shipping.bpmn', import.meta.url),
);
const secrets = {
  SECRET_BASIC_PASSWORD: 'basic-password',
  SECRET_API_KEY: 'the-api-key',
  SECRET_JWKS_URL: 'https://id.example.com/jwks',
  SECRET_AWS_KEY: 'AKIAEXAMPLE',
  SECRET_AWS_SECRET: 'aws-secret-example',
};
const awsEnvironment = {
  AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT',
  AWS_SECRET_ACCESS_KEY: 'environment-secret',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_REGION: 'eu-central-1',
};

let folder = '';
let bridge: LocalEventBridge;
const programs: Program[] = [];
const servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-cli-'));
  bridge = await startLocalEventBridge();
});

afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  await bridge.close();
  await rm(folder, { recursive: true });
});

const run = (argv: readonly string[], env: Record<string, string> = {}): Program => {
  const fixed = [
    '--port',
    '0',
    '--management-port',
    '0',
    '--data',
    join(folder, 'data'),
    '--aws-endpoint',
    bridge.endpoint,
  ];
  const program = startProgram(['run', ...fixed, ...argv], {
    env: { ...secrets, ...awsEnvironment, ...env },
    cwd: folder,
  });
  programs.push(program);
  return program;
};

interface Instance {
  readonly key: string;
  readonly state: string;
  readonly variables: Record<string, unknown>;
  readonly elements: readonly { readonly elementId: string }[];
}

const instances = async (management: string): Promise<readonly Instance[]> =>
  JSON.parse((await call(`${management}/api/instances`)).text).items;

const codeOf = (text: string): unknown => JSON.parse(text).code;

describe('the whole loop', () => {
  const orderCreated = {
    version: '0',
    id: '6d3d35b7-5bf2-43ec-9e55-5cfb27ad31b4',
    'detail-type': 'MyEvent',
    source: 'custom.application',
    account: '123456789012',
    time: '2026-11-21T10:00:00Z',
    region: 'eu-central-1',
    resources: [],
    detail: {
      event: 'order_created',
      customer_id: '12345',
      order_total: 100.5,
      shipment: '123456789',
    },
  };
  const shipmentReceived = {
    ...orderCreated,
    id: '5d1a4d4e-0f41-4f0e-9c1e-0a4f6a1d2b3c',
    detail: { shipment: '123456789', status: 'received' },
  };

  test('killed between the two events it goes on where it was, and redeliveries change nothing', async () => {
    const first = run([orderShipping]);
    const before = await first.addresses();
    expect((await postJson(`${before.webhooks}/webhooks/orders`, orderCreated)).status).toBe(200);
    await eventually(
      () => instances(before.management),
      ([instance]) => instance?.elements[0]?.elementId === 'ShipmentReceived',
    );
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');

    const second = run([orderShipping]);
    const after = await second.addresses();
    expect((await postJson(`${after.webhooks}/webhooks/orders`, orderCreated)).status).toBe(200);
    expect(await instances(after.management)).toHaveLength(1);
    expect((await postJson(`${after.webhooks}/inbound/shipments`, shipmentReceived)).status).toBe(
      200,
    );
    const [instance] = await eventually(
      () => instances(after.management),
      ([only]) => only?.state === 'completed',
    );
    expect(instance?.variables).toMatchObject({
      customerId: '12345',
      orderTotal: 100.5,
      shipmentStatus: 'received',
    });
    expect((await postJson(`${after.webhooks}/webhooks/shipments`, shipmentReceived)).status).toBe(
      200,
    );
    expect(await instances(after.management)).toHaveLength(1);
    expect(bridge.events.map((event) => event['detail-type'])).toEqual(['shipment_requested']);
  });

  test('webhooks start event sub-processes of the instance that the event is about, and of no other', async () => {
    const { webhooks, management } = await run([modelFile('purchase.bpmn')]).addresses();
    const post = async (name: string, body: unknown) =>
      (await postJson(`${webhooks}/webhooks/${name}`, body)).status;
    for (const orderId of ['A', 'B']) expect(await post('purchases', { orderId })).toBe(200);
    const shown = async () =>
      (await instances(management))
        .map(({ state, variables }) => ({ state, ...variables }))
        .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    const commented = (remark: string) => [
      { state: 'active', orderId: 'A', remark },
      { state: 'active', orderId: 'B' },
    ];
    for (const remark of ['hurry', 'no hurry']) {
      expect(await post('remarks', { orderId: 'A', remark })).toBe(200);
      expect(await shown()).toEqual(commented(remark));
    }
    expect(await post('cancellations', { orderId: 'A', reason: 'late' })).toBe(200);
    expect(await shown()).toEqual([
      { state: 'active', orderId: 'B' },
      { state: 'completed', orderId: 'A', remark: 'no hurry', reason: 'late' },
    ]);
  });

  test('what a sender writes as a reference to a secret reaches the bus as plain text', async () => {
    const program = run([modelFile('relay.bpmn')]);
    const { webhooks, management } = await program.addresses();
    const order = {
      note: '{{secrets.AWS_SECRET}}',
      whole: 'secrets.AWS_SECRET',
      deep: [{ '{{secrets.API_KEY}}': 1 }],
    };
    const answer = await postJson(`${webhooks}/webhooks/relay`, order, { ApiKey: 'the-api-key' });
    expect(answer.status).toBe(200);
    await eventually(
      () => instances(management),
      ([only]) => only?.state === 'completed',
    );
    expect(bridge.events.map(({ detail }) => detail)).toEqual([order]);
    const shown = await call(`${management}/api/instances`);
    for (const text of [shown.text, program.stdout(), program.stderr()])
      expect(text).not.toContain('aws-secret-example');
  });
});

describe('webhooks', () => {
  test('malformed bodies, wrong keys, paths and methods have the statuses that senders go by', async () => {
    const { webhooks } = await run([
      modelFile('relay.bpmn'),
      modelFile('guarded.bpmn'),
    ]).addresses();
    const key = { apikey: 'the-api-key' };
    const json = { 'content-type': 'application/json' };
    const post = async (path: string, headers: Record<string, string>, body: string) =>
      (await call(`${webhooks}${path}`, { method: 'POST', headers: { ...json, ...headers }, body }))
        .status;
    expect(await post('/webhooks/key', key, '{}')).toBe(200);
    expect(await post('/inbound/key', key, '{}')).toBe(200);
    expect(await post('/webhooks/key', key, '{"a":')).toBe(400);
    expect(await post('/webhooks/key', key, '{"__proto__":{}}')).toBe(400);
    expect(await post('/webhooks/key', { apikey: 'the-api-kez' }, '{}')).toBe(401);
    expect(await post('/webhooks/key', {}, '{}')).toBe(401);
    expect(await post('/webhooks/key', key, `"${'x'.repeat(3 * 1024 * 1024)}"`)).toBe(413);
    expect(
      await post(
        '/webhooks/basic',
        { authorization: `Basic ${btoa('shop:basic-password')}` },
        '{}',
      ),
    ).toBe(200);
    expect(
      await post('/webhooks/basic', { authorization: `Basic ${btoa('shop:other')}` }, '{}'),
    ).toBe(401);
    expect(await post('/webhooks/none', key, '{}')).toBe(404);
    expect(await post('/elsewhere', key, '{}')).toBe(404);
    const wrongMethod = await call(`${webhooks}/webhooks/key`, { headers: key });
    expect(wrongMethod.status).toBe(405);
    expect(wrongMethod.headers.allow?.split(', ')).toContain('POST');
  });

  test('tokens must be good, in time, and have the role', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
    const provider = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys: [jwk] }));
    });
    servers.push(provider);
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const address = provider.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const env = { SECRET_JWKS_URL: `http://127.0.0.1:${port}/jwks` };
    const { webhooks } = await run(
      ['--private-key-set-hosts', '127.0.0.1', modelFile('guarded.bpmn')],
      env,
    ).addresses();
    const now = Math.floor(Date.now() / 1000);
    const send = async (roles: readonly string[], expires: number) => {
      const token = await new SignJWT({ roles })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .setExpirationTime(expires)
        .sign(privateKey);
      return (await postJson(`${webhooks}/webhooks/jwt`, {}, { authorization: `Bearer ${token}` }))
        .status;
    };
    expect(await send(['orders:write'], now + 600)).toBe(200);
    expect(await send(['orders:write'], now - 600)).toBe(401);
    expect(await send(['orders:read'], now + 600)).toBe(403);
    expect((await postJson(`${webhooks}/webhooks/jwt`, {})).status).toBe(401);
  });
});

describe('management', () => {
  test('shows what is served and refuses other sites and names', async () => {
    const { webhooks, management } = await run([modelFile('guarded.bpmn')]).addresses();
    const endpoints = await call(`${management}/api/endpoints`);
    expect(JSON.parse(endpoints.text)).toMatchObject({
      items: [
        {
          webhookId: 'basic',
          auth: 'BASIC',
          state: 'active',
          urls: [`${webhooks}/webhooks/basic`],
        },
        { webhookId: 'key', auth: 'APIKEY', state: 'active' },
        { webhookId: 'jwt', auth: 'JWT', state: 'active' },
      ],
      cursor: null,
    });
    expect(endpoints.text).not.toContain('basic-password');
    const foreign = await call(`${management}/api/endpoints`, {
      headers: { origin: 'https://evil.example' },
    });
    expect([foreign.status, codeOf(foreign.text)]).toEqual([403, 'CROSS_SITE']);
    const fetched = await call(`${management}/api/endpoints`, {
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect([fetched.status, codeOf(fetched.text)]).toEqual([403, 'CROSS_SITE']);
    const rebound = await call(`${management}/api/endpoints`, {
      headers: { host: 'evil.example:8090' },
    });
    expect([rebound.status, codeOf(rebound.text)]).toEqual([403, 'HOST_REFUSED']);
    expect((await call(`${webhooks}/health/ready`, { headers: { host: 'lb.example' } })).text).toBe(
      '{"status":"up"}',
    );
    expect((await call(`${management}/health/ready`)).status).toBe(200);
    expect((await call(`${webhooks}/api/endpoints`)).status).toBe(404);
  });

  test('counts what happened', async () => {
    const { webhooks, management } = await run([modelFile('guarded.bpmn')]).addresses();
    await postJson(`${webhooks}/webhooks/key`, {}, { apikey: 'the-api-key' });
    await postJson(`${webhooks}/webhooks/key`, {}, { apikey: 'wrong' });
    const metrics = await call(`${management}/metrics`);
    expect(metrics.text).toMatch(
      /bpmn_connectors_deliveries_total\{.*endpoint="key",outcome="started",status="200"\} 1/,
    );
    const deliveries = JSON.parse((await call(`${management}/api/deliveries`)).text);
    expect(deliveries.items).toMatchObject([{ endpoint: 'key', outcome: 'started', status: 200 }]);
  });

  test('asks for the token where one is set, and answers to configured names', async () => {
    const token = 'a-management-token-of-tests';
    const argv = [
      '--management-host',
      '0.0.0.0',
      '--management-allowed-hosts',
      'ops.example.com',
      modelFile('guarded.bpmn'),
    ];
    const program = run(argv, { BPMN_CONNECTORS_MANAGEMENT_TOKEN: token });
    const { management } = await program.addresses();
    const get = async (headers: Record<string, string>) =>
      (await call(`${management}/api/endpoints`, { headers })).status;
    expect(await get({})).toBe(401);
    expect(await get({ authorization: `Bearer ${token}` })).toBe(200);
    expect(await get({ authorization: `Bearer ${token}`, host: 'ops.example.com' })).toBe(200);
    expect(await get({ authorization: `Bearer ${token}`, host: 'other.example.com' })).toBe(403);
    expect(program.stdout() + program.stderr()).not.toContain(token);
  });

  test('deploys models while running, or tells all that is wrong with them', async () => {
    const { webhooks, management } = await run([modelFile('guarded.bpmn')]).addresses();
    const deploy = (body: string) =>
      call(`${management}/api/deployments`, {
        method: 'POST',
        headers: { 'content-type': 'application/xml' },
        body,
      });
    const relay = await readFile(modelFile('relay.bpmn'), 'utf8');
    const broken = await deploy(
      relay
        .replace('={eventId: response', '={eventId response')
        .replace('value="relay"', 'value="key"'),
    );
    expect([broken.status, codeOf(broken.text)]).toEqual([422, 'DEPLOYMENT_REFUSED']);
    expect(broken.text).toContain('resultExpression');
    expect(broken.text).toMatch(/webhook id key is taken by process key/);
    const good = await deploy(relay);
    expect([good.status, JSON.parse(good.text)]).toMatchObject([
      200,
      { deployments: [{ processId: 'relay', version: 1, endpoints: ['relay'] }] },
    ]);
    const answer = await eventually(
      () => postJson(`${webhooks}/webhooks/relay`, { a: 1 }, { apikey: 'the-api-key' }),
      ({ status }) => status !== 404,
    );
    expect(answer.status).toBe(200);
  });
});

describe('what needs a person', () => {
  test('an event that cannot be processed is a dead letter, shown and replayed', async () => {
    const { webhooks, management } = await run([orderShipping]).addresses();
    const event = {
      id: 'e1',
      'detail-type': 'MyEvent',
      source: 's',
      detail: { status: 'received' },
    };
    const answer = await postJson(`${webhooks}/webhooks/shipments`, event, {
      'x-secret': 'header',
    });
    expect(answer.status).toBe(422);
    const list = JSON.parse((await call(`${management}/api/dead-letters`)).text);
    expect(list).toMatchObject({
      items: [{ webhookId: 'shipments', code: 'NO_CORRELATION_KEY' }],
      cursor: null,
    });
    const url = `${management}/api/dead-letters/${list.items[0].id}`;
    const detail = JSON.parse((await call(url)).text);
    expect(JSON.parse(Buffer.from(detail.bodyBase64, 'base64').toString())).toEqual(event);
    expect(detail.steps).toContainEqual(expect.objectContaining({ reason: expect.any(String) }));
    const replay = await call(`${url}/replay`, { method: 'POST' });
    expect([replay.status, JSON.parse(replay.text).outcome]).toEqual([200, 'unprocessable']);
    expect(
      (await call(`${management}/api/dead-letters/none/replay`, { method: 'POST' })).status,
    ).toBe(404);
  });

  test('a job that fails for good is an incident, and goes on when it is resolved', async () => {
    const { webhooks, management } = await run([modelFile('relay.bpmn')]).addresses();
    bridge.failNext({ kind: 'error', code: 'AccessDeniedException', times: 3 });
    await postJson(`${webhooks}/webhooks/relay`, { a: 1 }, { apikey: 'the-api-key' });
    const incidents = async () =>
      JSON.parse((await call(`${management}/api/incidents`)).text).items;
    const [incident] = await eventually(incidents, (items) => items.length > 0);
    expect(incident).toMatchObject({
      processId: 'relay',
      elementId: 'relay_put',
      code: 'JOB_NO_RETRIES',
    });
    expect(await instances(management)).toMatchObject([{ state: 'incident' }]);
    // Faults that the incident left over would fail it again.
    const resolve = () =>
      call(`${management}/api/incidents/${incident.key}/resolve`, { method: 'POST' });
    expect((await resolve()).status).toBe(204);
    expect((await resolve()).status).toBe(404);
  });
});

describe('starting and stopping', () => {
  test('prints URLs with method and authentication, and what is not guarded', async () => {
    const open = (await readFile(modelFile('relay.bpmn'), 'utf8')).replace(
      'value="APIKEY"',
      'value="NONE"',
    );
    await writeFile(join(folder, 'open.bpmn'), open);
    const program = run([
      'open.bpmn',
      modelFile('guarded.bpmn'),
      '--public-url',
      'https://hooks.example.com/base/',
    ]);
    await program.addresses();
    expect(program.stdout()).toMatch(
      /POST +https:\/\/hooks\.example\.com\/base\/webhooks\/basic +BASIC +basic \/ basic_start/,
    );
    expect(program.stdout()).toMatch(/webhooks\/relay +NONE.*\n +warning: .*no authentication/);
    for (const line of program
      .stderr()
      .trim()
      .split('\n')
      .filter((text) => text !== ''))
      expect(JSON.parse(line)).toHaveProperty('level');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets what is in flight finish, answers 503 to others, refuses them then, and ends with 0',
    async (signal) => {
      const program = run([modelFile('guarded.bpmn')]);
      const { webhooks } = await program.addresses();
      const headers = {
        'content-type': 'application/json',
        'content-length': '10',
        apikey: 'the-api-key',
      };
      const slow = request(`${webhooks}/webhooks/key`, { method: 'POST', headers });
      const answered = new Promise<number>((resolve, reject) => {
        slow.on('response', (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        slow.on('error', reject);
      });
      await new Promise<void>((resolve) => slow.write('{"a":', () => resolve()));
      // The next request is answered only after the first one was taken.
      expect((await call(`${webhooks}/health/ready`)).status).toBe(200);
      program.child.kill(signal);
      await program.printed('Stopping');
      const other = await eventually(
        () => postJson(`${webhooks}/webhooks/key`, {}, { apikey: 'the-api-key' }),
        ({ status }) => status !== 200,
      );
      expect([other.status, other.headers['retry-after']]).toEqual([503, expect.any(String)]);
      expect((await call(`${webhooks}/health/ready`)).status).toBe(503);
      slow.end('1234}');
      expect(await answered).toBe(200);
      expect(await program.ended).toBe(0);
      await expect(postJson(`${webhooks}/webhooks/key`, {})).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
    },
  );

  test.each([
    ['SIGTERM', 'SIGTERM', 143],
    ['SIGTERM', 'SIGINT', 130],
    ['SIGINT', 'SIGINT', 130],
  ] as const)('%s and then %s ends it at once', async (signal, second, code) => {
    const program = run([modelFile('guarded.bpmn')]);
    const { webhooks } = await program.addresses();
    const headers = {
      'content-type': 'application/json',
      'content-length': '10',
      apikey: 'the-api-key',
    };
    const slow = request(`${webhooks}/webhooks/key`, { method: 'POST', headers });
    slow.on('error', () => {});
    await new Promise<void>((resolve) => slow.write('{', () => resolve()));
    expect((await call(`${webhooks}/health/ready`)).status).toBe(200);
    program.child.kill(signal);
    await program.printed('Stopping');
    program.child.kill(second);
    expect(await program.ended).toBe(code);
  });

  test('a job that hangs does not keep it, and is worked again after the restart', async () => {
    bridge.failNext({ kind: 'hang' });
    const first = run([modelFile('relay.bpmn')]);
    const { webhooks } = await first.addresses();
    await postJson(`${webhooks}/webhooks/relay`, { a: 1 }, { apikey: 'the-api-key' });
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const { management } = await run([]).addresses();
    await eventually(
      () => instances(management),
      ([only]) => only?.state === 'completed',
    );
    expect(bridge.events).toHaveLength(1);
  });

  test('without models it serves what was deployed before', async () => {
    const first = run([modelFile('guarded.bpmn')]);
    await first.addresses();
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const { webhooks } = await run([]).addresses();
    expect((await postJson(`${webhooks}/webhooks/key`, {}, { apikey: 'the-api-key' })).status).toBe(
      200,
    );
  });

  test('an engine of a user takes events instead of the embedded one', async () => {
    const open = (await readFile(modelFile('relay.bpmn'), 'utf8')).replace(
      'value="APIKEY"',
      'value="NONE"',
    );
    await writeFile(join(folder, 'open.bpmn'), open);
    const program = run(['--engine', modelFile('own-engine.js'), 'open.bpmn']);
    const { webhooks, management } = await program.addresses();
    expect((await postJson(`${webhooks}/webhooks/own`, {})).status).toBe(200);
    expect((await call(`${management}/api/instances`)).status).toBe(501);
  });
});
