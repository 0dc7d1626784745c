import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '@bpmn-connectors/journal';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { freePorts, startZeebe } from '@bpmn-connectors/testing/zeebe';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { call, eventually, postJson } from '../../../packages/cli/test/call.ts';
import { openClaimFile } from '../src/open-claim-file.ts';
import { type Replica, startReplica } from '../src/start-replica.ts';

const zeebe = await startZeebe({ kind: 'engine' });
process.env['AWS_ACCESS_KEY_ID'] = 'AKIAEXAMPLE';
process.env['AWS_SECRET_ACCESS_KEY'] = 'an-example';

const key = 'a-key-of-this-test';
const minute = 60_000;

let folder: string;
let bridge: LocalEventBridge;
let replicas: Replica[];
let runs = 0;

/** The example's model with a plain start event, as a process and webhook of this test alone. */
async function writeModel(): Promise<string> {
  runs += 1;
  const model = await readFile(new URL('../models/order.bpmn', import.meta.url), 'utf8');
  const plain = model
    .replace(/<bpmn:messageEventDefinition[^>]*\/>/, '')
    .replace(/<bpmn:message [^>]*\/>/, '')
    .replaceAll('"order"', `"order-${runs}"`)
    .replace('value="orders"', `value="orders-${runs}"`);
  const models = join(folder, 'models');
  await mkdir(models);
  await writeFile(join(models, 'order.bpmn'), plain);
  return models;
}

const start = async (models: string, name: string, claims: string, port = 0): Promise<Replica> => {
  const replica = await startReplica({
    models,
    data: join(folder, name),
    claims: join(folder, claims),
    port,
    cluster: { grpcAddress: zeebe.grpcAddress },
    secrets: { get: async () => key },
    aws: { endpoint: bridge.endpoint, defaultRegion: bridge.region },
  });
  replicas.push(replica);
  return replica;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'camunda8-cluster-'));
  bridge = await startLocalEventBridge();
  replicas = [];
});

afterEach(async () => {
  for (const replica of replicas) await replica.close();
  await bridge.close();
  await rm(folder, { recursive: true });
});

afterAll(() => zeebe.stop());

const post = async ({ webhooks }: Replica, id: string) => {
  const order = { id, total: 12.5 };
  const { status } = await postJson(`${webhooks}/orders-${runs}`, order, { apikey: key });
  return status;
};

const idOf = ({ detail }: { readonly detail: unknown }): unknown =>
  typeof detail === 'object' && detail !== null && 'orderId' in detail ? detail.orderId : undefined;

/** Ids of the orders on the bus, once one more, which came after them, is there: jobs are handed out in turn. */
async function idsOnBus(replica: Replica): Promise<readonly string[]> {
  expect(await post(replica, 'last')).toBe(200);
  const ids = await eventually(
    async () => bridge.events.map((event) => String(idOf(event))),
    (found) => found.includes('last'),
  );
  return ids.toSorted((one, other) => one.localeCompare(other));
}

test(
  'the same order posted to both replicas at once starts one instance, and so does its redelivery',
  async () => {
    const models = await writeModel();
    const first = await start(models, 'first', 'claims.db');
    const second = await start(models, 'second', 'claims.db');
    expect(await Promise.all([post(first, 'A'), post(second, 'A'), post(second, 'A')])).toEqual([
      200, 200, 200,
    ]);
    expect(await post(second, 'A')).toBe(200);
    expect(await post(first, 'A')).toBe(200);
    expect(await idsOnBus(second)).toEqual(['A', 'last']);
  },
  minute,
);

test(
  'with claims of its own each replica starts one, which is why they are shared',
  async () => {
    const models = await writeModel();
    const first = await start(models, 'first', 'first.db');
    const second = await start(models, 'second', 'second.db');
    expect([await post(first, 'A'), await post(second, 'A')]).toEqual([200, 200]);
    expect(await idsOnBus(second)).toEqual(['A', 'A', 'last']);
  },
  minute,
);

test(
  'an order that a dead replica had in hand is started by the other after a while',
  async () => {
    const models = await writeModel();
    const first = await start(models, 'first', 'claims.db');
    expect(await post(first, 'A')).toBe(200);
    const file = openClaimFile(join(folder, 'claims.db'));
    const [row] = await file.query('SELECT claim_key FROM connector_claims', []);
    await file.query(
      'INSERT INTO connector_claims (claim_key, owner, changed_at) VALUES ($1, $2, $3) RETURNING owner',
      [String(row?.['claim_key']).replace('"A"', '"B"'), 'dead', Date.now() - minute],
    );
    file.close();
    const second = await start(models, 'second', 'claims.db');
    expect(await post(second, 'B')).toBe(200);
    expect(await idsOnBus(second)).toEqual(['A', 'B', 'last']);
  },
  minute,
);

/** A journal lets nobody else in, and the last connection to a database in WAL mode takes its log along. */
async function expectNothingOpen(name: string, claims: string): Promise<void> {
  const journal = await openJournal(join(folder, name));
  await journal.close();
  expect((await readdir(folder)).filter((file) => file.startsWith(claims))).toEqual([claims]);
}

test(
  'a replica whose model the cluster refuses leaves nothing open, and starts once it is mended',
  async () => {
    const models = await writeModel();
    const file = join(models, 'order.bpmn');
    const model = await readFile(file, 'utf8');
    await writeFile(file, model.replace('type="io.camunda:aws-eventbridge:1"', 'type="=("'));
    const port = await freePorts(1);
    await expect(start(models, 'first', 'claims.db', port)).rejects.toMatchObject({
      code: 'CONFIGURATION',
    });
    await expectNothingOpen('first', 'claims.db');
    await expect(call(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await writeFile(file, model);
    expect(await post(await start(models, 'first', 'claims.db', port), 'A')).toBe(200);
  },
  minute,
);

test(
  'a replica whose port is taken leaves nothing open',
  async () => {
    const models = await writeModel();
    const { webhooks } = await start(models, 'first', 'first.db');
    const port = Number(new URL(webhooks).port);
    await expect(start(models, 'second', 'second.db', port)).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await expectNothingOpen('second', 'second.db');
  },
  minute,
);

test('a replica without a cluster leaves nothing open', async () => {
  const models = await writeModel();
  const port = await freePorts(1);
  await expect(
    startReplica({
      models,
      data: join(folder, 'first'),
      claims: join(folder, 'claims.db'),
      port: 0,
      cluster: { grpcAddress: `grpc://127.0.0.1:${port}`, requestTimeoutMs: 1000 },
      secrets: { get: async () => key },
    }),
  ).rejects.toMatchObject({ code: 'CAMUNDA8_UNAVAILABLE' });
  await expectNothingOpen('first', 'claims.db');
});
