import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Server, serve } from '../src/index.ts';
import { call, postJson } from './call.ts';

const model = fileURLToPath(new URL('data/orders.bpmn', import.meta.url));

let folder = '';
let server: Server;

const start = async (): Promise<void> => {
  server = await serve({ models: [model], port: 0, managementPort: 0, data: 'data', cwd: folder });
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-redeliveries-'));
  await start();
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const post = async (
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<number> => (await postJson(`${server.url}/webhooks/${path}`, body, headers)).status;

const items = async (list: string): Promise<readonly unknown[]> =>
  JSON.parse((await call(`${server.managementUrl}/api/${list}`)).text).items;

const envelope = {
  version: '0',
  id: '6d3d35b7-5bf2-43ec-9e55-5cfb27ad31b4',
  'detail-type': 'order_created',
  source: 'shop',
  account: '123456789012',
  time: '2026-11-21T10:00:00Z',
  region: 'eu-central-1',
  resources: [],
  detail: {},
};

test('an archive replay of EventBridge runs once for each replay, redeliveries of it do not', async () => {
  const replayed = (name: string) => ({ ...envelope, 'replay-name': name });
  for (const event of [envelope, envelope, replayed('monday'), replayed('monday')])
    expect(await post('orders', event)).toBe(200);
  expect(await items('instances')).toHaveLength(2);
  await server.close();
  await start();
  for (const event of [envelope, replayed('monday'), replayed('tuesday')])
    expect(await post('orders', event)).toBe(200);
  expect(await items('instances')).toHaveLength(3);
});

test.each<readonly [string, object, Record<string, string>]>([
  ['an EventBridge envelope', envelope, {}],
  ['a CloudEvent', { specversion: '1.0', id: '1', source: '/shop', type: 'order', data: {} }, {}],
  [
    'a CloudEvent in headers',
    {},
    { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/shop', 'ce-type': 'order' },
  ],
  ['Standard Webhooks', {}, { 'webhook-id': 'msg_1' }],
  ['GitHub', {}, { 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' }],
  ['a sender with an idempotency key', {}, { 'idempotency-key': '1' }],
])('redeliveries of %s, also at once and after a restart, are one', async (_, body, headers) => {
  for (const path of ['orders', 'tickets']) {
    const atOnce = Array.from({ length: 5 }, () => post(path, body, headers));
    expect(new Set(await Promise.all(atOnce))).toEqual(new Set([200]));
  }
  await server.close();
  await start();
  for (const path of ['orders', 'tickets']) expect(await post(path, body, headers)).toBe(200);
  expect(await items('instances')).toHaveLength(2);
});

test('events without an id are not held back, and their endpoint says so', async () => {
  for (const _ of [1, 2]) expect(await post('orders', {})).toBe(200);
  expect(await items('instances')).toHaveLength(2);
  expect(await items('endpoints')).toContainEqual(
    expect.objectContaining({
      webhookId: 'orders',
      warnings: expect.arrayContaining([expect.stringContaining('2 events had no id')]),
    }),
  );
});
