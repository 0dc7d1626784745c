import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Camunda8, type Camunda8Options, createCamunda8 } from '../src/index.ts';
import { type Fields, type GatewayStub, refuse, startGatewayStub } from './support/gateway-stub.ts';

interface StatusRow {
  readonly code: number;
  readonly http: number;
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly status: string;
  readonly outcomeCode?: string;
}

const table: {
  readonly statuses: readonly StatusRow[];
  readonly correlations: readonly StatusRow[];
} = JSON.parse(readFileSync(new URL('./data/command-statuses.json', import.meta.url), 'utf8'));

let gateway: GatewayStub;
let open: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  gateway = await startGatewayStub();
  open.push(() => gateway.close());
});

afterEach(async () => {
  for (const close of open.toReversed()) await close();
  open = [];
});

function connect(options: Camunda8Options = {}): Camunda8 {
  const camunda8 = createCamunda8({ grpcAddress: `grpc://${gateway.target}`, ...options });
  open.push(() => camunda8.close());
  return camunda8;
}

async function serveRest(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

const start: Command = { kind: 'start', processId: 'order', elementId: 's', variables: { a: 1 } };
const publish: Command = {
  kind: 'publish',
  messageName: 'paid',
  correlationKey: 'A1',
  messageId: 'A1-1',
  timeToLiveMs: 60_000,
  variables: { b: [true] },
};
const correlate: Command = {
  kind: 'correlate',
  messageName: 'paid',
  correlationKey: 'A"1',
  variables: { c: null },
};

const variablesOf = ({ variables }: Fields): unknown =>
  Buffer.isBuffer(variables) ? JSON.parse(variables.toString('utf8')) : variables;

describe('a command that the gateway takes', () => {
  test('a start creates an instance of the latest version', async () => {
    gateway.on('CreateProcessInstance', () => ({ processInstanceKey: '9007199254740993' }));
    expect(await connect().send(start)).toEqual({
      status: 'started',
      processInstanceKey: '9007199254740993',
    });
    const [call] = gateway.calls;
    expect(call?.request).toMatchObject({ bpmnProcessId: 'order', version: -1, tenantId: '' });
    expect(variablesOf(call?.request ?? {})).toEqual({ a: 1 });
  });

  test('a start that names a version and a tenant creates that one', async () => {
    gateway.on('CreateProcessInstance', () => ({ processInstanceKey: '1' }));
    await connect({ tenantId: 'other' }).send({ ...start, version: 3, tenantId: 'mine' });
    expect(gateway.calls[0]?.request).toMatchObject({ version: 3, tenantId: 'mine' });
  });

  test('a start that waits answers with the variables of the ended instance', async () => {
    gateway.on('CreateProcessInstanceWithResult', () => ({
      processInstanceKey: '7',
      variables: Buffer.from('{"total":12345678901234567890}'),
    }));
    expect(await connect().send({ ...start, awaitResultMs: 2000 })).toEqual({
      status: 'started',
      processInstanceKey: '7',
      variables: { total: '12345678901234567890' },
    });
    expect(gateway.calls[0]?.request).toMatchObject({ requestTimeout: '2000' });
  });

  test('a start that waits is started, however many variables the instance has', async () => {
    const variables = Object.fromEntries([...Array(20_000).keys()].map((n) => [`n${n}`, n]));
    gateway.on('CreateProcessInstanceWithResult', () => ({
      processInstanceKey: '7',
      variables: Buffer.from(JSON.stringify(variables)),
    }));
    const outcome = await connect().send({ ...start, awaitResultMs: 2000 });
    expect(outcome).toEqual({ status: 'started', processInstanceKey: '7', variables });
  });

  test('a start that waits is started, also where its variables cannot be read', async () => {
    gateway.on('CreateProcessInstanceWithResult', () => ({
      processInstanceKey: '7',
      variables: Buffer.from('{"__proto__":{}}'),
    }));
    const outcome = await connect().send({ ...start, awaitResultMs: 2000 });
    expect(outcome).toEqual({ status: 'started', processInstanceKey: '7' });
  });

  test('a publish hands over name, key, id and time to live', async () => {
    gateway.on('PublishMessage', () => ({ key: '42' }));
    const outcome = await connect({ tenantId: 'mine' }).send(publish);
    expect(outcome).toEqual({ status: 'accepted', messageKey: '42' });
    expect(gateway.calls[0]?.request).toMatchObject({
      name: 'paid',
      correlationKey: 'A1',
      messageId: 'A1-1',
      timeToLive: '60000',
      tenantId: 'mine',
    });
    expect(variablesOf(gateway.calls[0]?.request ?? {})).toEqual({ b: [true] });
  });

  test('a correlate goes to the REST API, keys unharmed', async () => {
    let seen = '';
    const restAddress = await serveRest((request, response) => {
      request.on('data', (chunk: Buffer) => {
        seen += chunk.toString('utf8');
      });
      request.on('end', () =>
        response.end('{"messageKey":9007199254740993,"processInstanceKey":"9007199254740995"}'),
      );
    });
    expect(await connect({ restAddress: `${restAddress}/v2/` }).send(correlate)).toEqual({
      status: 'correlated',
      messageKey: '9007199254740993',
      processInstanceKey: '9007199254740995',
    });
    expect(JSON.parse(seen)).toEqual({
      name: 'paid',
      correlationKey: 'A"1',
      variables: { c: null },
    });
  });
});

describe('a command that the gateway refuses', () => {
  for (const { code, name, text, status, outcomeCode } of table.statuses) {
    for (const command of [start, publish]) {
      test(`${command.kind}: ${name} (${text.slice(0, 30)}) is ${status} ${outcomeCode ?? ''}`, async () => {
        const fail = (): never => {
          throw refuse(code, text);
        };
        gateway.on('CreateProcessInstance', fail);
        gateway.on('PublishMessage', fail);
        expect(await connect().send(command)).toMatchObject(
          outcomeCode === undefined ? { status } : { status, code: outcomeCode },
        );
      });
    }
  }

  for (const { http, title, status, outcomeCode } of table.correlations) {
    test(`correlate: ${http} ${title} is ${status} ${outcomeCode ?? ''}`, async () => {
      const restAddress = await serveRest((_, response) => {
        response.writeHead(http, { 'content-type': 'application/problem+json' });
        response.end(JSON.stringify({ title, status: http, detail: 'As the test says' }));
      });
      expect(await connect({ restAddress }).send(correlate)).toMatchObject(
        outcomeCode === undefined ? { status } : { status, code: outcomeCode },
      );
    });
  }

  test('a failure without a reason is TOO_LARGE when the variables are large', async () => {
    gateway.on('CreateProcessInstance', () => {
      throw refuse(2, '');
    });
    const variables = { text: 'x'.repeat(2 * 1024 * 1024) };
    expect(await connect().send({ ...start, variables })).toMatchObject({
      status: 'rejected',
      code: 'TOO_LARGE',
    });
  });
});

describe('a command that does not get through', () => {
  test('is unavailable while nobody listens', async () => {
    const camunda8 = connect();
    await gateway.close();
    expect(await camunda8.send(publish)).toMatchObject({
      status: 'unavailable',
      code: 'CONNECTION',
    });
  });

  test('is unavailable when no answer comes in time', async () => {
    gateway.on('PublishMessage', () => new Promise(() => undefined));
    expect(await connect({ requestTimeoutMs: 100 }).send(publish)).toMatchObject({
      status: 'unavailable',
      code: 'TIMEOUT',
    });
  });

  test('is given up when the sender gives up', async () => {
    gateway.on('PublishMessage', () => new Promise(() => undefined));
    const outcome = connect().send(publish, AbortSignal.timeout(50));
    expect(await outcome).toMatchObject({ status: 'unavailable', code: 'TIMEOUT' });
  });

  test('goes through again once the gateway is back', async () => {
    const camunda8 = connect();
    gateway.on('PublishMessage', () => ({ key: '1' }));
    expect(await camunda8.send(publish)).toMatchObject({ status: 'accepted' });
    const port = Number(gateway.target.split(':')[1]);
    await gateway.close();
    expect(await camunda8.send(publish)).toMatchObject({ status: 'unavailable' });
    gateway = await startGatewayStub({ port });
    open.push(() => gateway.close());
    gateway.on('PublishMessage', () => ({ key: '2' }));
    const deadline = Date.now() + 10_000;
    let outcome = await camunda8.send(publish);
    while (outcome.status === 'unavailable' && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      outcome = await camunda8.send(publish);
    }
    expect(outcome).toEqual({ status: 'accepted', messageKey: '2' });
  });

  test('correlate without a REST address is UNSUPPORTED, and says what to set', async () => {
    const outcome = await connect().send(correlate);
    expect(outcome).toMatchObject({ status: 'rejected', code: 'UNSUPPORTED' });
    expect(outcome).toHaveProperty('message', expect.stringContaining('CAMUNDA_REST_ADDRESS'));
  });

  test('correlate is unavailable while something else than the cluster answers', async () => {
    const restAddress = await serveRest((_, response) => response.end('<html>Welcome</html>'));
    const outcome = await connect({ restAddress }).send(correlate);
    expect(outcome).toMatchObject({ status: 'unavailable', code: 'CONNECTION' });
  });

  test('correlate is unavailable while nobody listens', async () => {
    const camunda8 = connect({ restAddress: 'http://127.0.0.1:9' });
    expect(await camunda8.send(correlate)).toMatchObject({
      status: 'unavailable',
      code: 'CONNECTION',
    });
  });
});

describe('health', () => {
  const partition = (partitionId: number, role: string, health = 'HEALTHY') => ({
    partitionId,
    role,
    health,
  });
  const rows: readonly (readonly [string, object, string])[] = [
    ['one partition with a leader', [partition(1, 'LEADER')], 'up'],
    ['no partition at all', [], 'down'],
    ['an unhealthy leader', [partition(1, 'LEADER', 'UNHEALTHY')], 'down'],
    ['a partition without leader', [partition(1, 'LEADER'), partition(2, 'FOLLOWER')], 'degraded'],
    [
      'leader and follower of one partition',
      [partition(1, 'FOLLOWER'), partition(1, 'LEADER')],
      'up',
    ],
  ];
  for (const [what, partitions, status] of rows) {
    test(`${what} is ${status}`, async () => {
      gateway.on('Topology', () => ({ brokers: [{ partitions }] }));
      expect(await connect().health()).toMatchObject({ status });
    });
  }

  test('a cluster that cannot be reached is down', async () => {
    const camunda8 = connect();
    await gateway.close();
    expect(await camunda8.health()).toMatchObject({
      status: 'down',
      reason: expect.stringContaining('cannot be reached'),
    });
  });
});
