import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createCamunda8 } from '@bpmn-connectors/camunda8';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { freePorts, startZeebe, type Zeebe } from '@bpmn-connectors/testing/zeebe';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { call, eventually, postJson } from './call.ts';
import { type Program, startProgram } from './program.ts';

jest.setTimeout(240_000);

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const orderShipping = pathOf('../../../examples/order-shipping/models/order-shipping.bpmn');
const counted = pathOf('data/counted.bpmn');

let folder = '';
let port = 0;
let bridge: LocalEventBridge;
let zeebe: Zeebe | undefined;
const programs: Program[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-camunda8-'));
  port = await freePorts(5);
  bridge = await startLocalEventBridge();
});

afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  await zeebe?.stop();
  zeebe = undefined;
  await bridge.close();
  await rm(folder, { recursive: true });
});

const openZeebe = async (): Promise<Zeebe> => {
  zeebe = await startZeebe({ kind: 'broker', port, data: join(folder, 'zeebe') });
  return zeebe;
};

/** The command on the cluster, each with a folder of its own for what it keeps. */
function start(model: string, name: string, ports: readonly string[]): Program {
  const program = startProgram(
    [
      'run',
      model,
      '--engine',
      'camunda8',
      '--allow-unauthenticated',
      ...ports,
      ...['--data', name, '--aws-endpoint', bridge.endpoint, '--aws-region', 'us-east-1'],
      // What a broker has pushed to a connection that died comes again after this time, not after five minutes.
      ...['--job-timeout', 'PT10S'],
    ],
    {
      cwd: folder,
      env: {
        ZEEBE_ADDRESS: `127.0.0.1:${port}`,
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'an-example',
        AWS_EC2_METADATA_DISABLED: 'true',
        SECRET_AWS_KEY: 'AKIAEXAMPLE',
        SECRET_AWS_SECRET: 'an-example',
      },
    },
  );
  programs.push(program);
  return program;
}

const anyPorts = ['--port', '0', '--management-port', '0'];

const statusOf = (url: string): Promise<number> =>
  call(url).then(
    ({ status }) => status,
    () => 0,
  );

const detailOf = ({ detail }: { readonly detail: unknown }): unknown => detail;

test('a gateway that is not there yet is waited for, and order-shipping runs unchanged once it is', async () => {
  const [receiver, management] = [await freePorts(1), await freePorts(1)];
  const ports = ['--port', String(receiver), '--management-port', String(management)];
  const program = start(orderShipping, 'data', ports);
  const ready = `http://127.0.0.1:${receiver}/health/ready`;
  const webhooks = `http://127.0.0.1:${receiver}/webhooks`;
  await eventually(
    () => statusOf(ready),
    (status) => status === 503,
  );
  const early = await postJson(`${webhooks}/orders`, {});
  expect([early.status, early.headers['retry-after']]).toEqual([503, expect.any(String)]);

  const { restAddress, grpcAddress } = await openZeebe();
  await program.addresses();
  await eventually(
    () => statusOf(ready),
    (status) => status === 200,
  );
  const order = {
    id: '6d3d35b7-5bf2-43ec-9e55-5cfb27ad31b4',
    source: 'custom.application',
    'detail-type': 'MyEvent',
    detail: { event: 'order_created', customer_id: '12345', order_total: 100.5, shipment: '77' },
  };
  expect((await postJson(`${webhooks}/orders`, order)).status).toBe(200);
  expect((await postJson(`${webhooks}/orders`, order)).status).toBe(200);
  await eventually(
    async () => bridge.events.length,
    (count) => count > 0,
  );
  expect(bridge.events.map(detailOf)).toEqual([
    { shipment: '77', customerId: '12345', orderTotal: 100.5 },
  ]);
  const shipped = {
    ...order,
    id: 'b1d4b2f0-4f43-4d5c-9a51-14c28b4ab3d7',
    detail: { shipment: '77', status: 'received' },
  };
  expect((await postJson(`${webhooks}/shipments`, shipped)).status).toBe(200);
  await sleep(1000);
  const camunda8 = createCamunda8({ grpcAddress, restAddress });
  const again = await camunda8.send({
    kind: 'correlate',
    messageName: 'shipment-received',
    correlationKey: '77',
    variables: {},
  });
  await camunda8.close();
  expect(again).toEqual({ status: 'no-subscription' });
  expect(bridge.events).toHaveLength(1);
});

test('Ctrl-C while the gateway is waited for ends the command', async () => {
  const program = start(orderShipping, 'data', anyPorts);
  await eventually(
    async () => program.stderr(),
    (said) => said.includes('cannot be reached'),
  );
  program.child.kill('SIGINT');
  expect(await program.ended).toBe(0);
});

test('a broker killed and restarted amid 500 deliveries to two replicas: each took effect once, every job is done', async () => {
  const { grpcAddress } = await openZeebe();
  const replicas = [start(counted, 'first', anyPorts), start(counted, 'second', anyPorts)];
  const addresses = await Promise.all(replicas.map((replica) => replica.addresses()));
  const instances = new Map<unknown, Set<string>>();
  const counter = createCamunda8({ grpcAddress });
  counter.work({ type: 'io.example:count:1', maxActive: 50, timeoutMs: 10_000 }, async (job) => {
    const order = job.variables['order'];
    instances.set(order, (instances.get(order) ?? new Set()).add(job.processInstanceKey));
    return { action: 'complete' };
  });
  const statuses = new Set<number>();
  /** As a sender does: again, to whichever replica, until it is taken. */
  const deliver = async (order: number): Promise<void> => {
    for (let attempt = order; ; attempt++) {
      const webhooks = addresses[attempt % addresses.length]?.webhooks ?? '';
      const answer = await postJson(`${webhooks}/webhooks/counted`, { order }).catch(
        () => undefined,
      );
      statuses.add(answer?.status ?? 0);
      if (answer?.status === 200) return;
      await sleep(200);
    }
  };
  const orders = Array.from({ length: 500 }, (_, order) => order);
  const next = orders.values();
  const sender = async (): Promise<void> => {
    for (const order of next) await deliver(order);
  };
  const sending = Promise.all(Array.from({ length: 20 }, sender));
  await eventually(
    async () => instances.size,
    (size) => size > 100,
  );
  await zeebe?.kill();
  await sleep(1000);
  await openZeebe();
  await sending;
  await eventually(
    async () => instances.size,
    (size) => size === orders.length,
  );
  await sleep(1000);
  await counter.close();
  const twice = [...instances].filter(([, keys]) => keys.size > 1);
  expect(twice).toEqual([]);
  expect(statuses).toContain(503);
  const told = new Set(bridge.events.map((event) => JSON.stringify(event.detail)));
  expect(told.size).toBe(orders.length);
});
