import { readFileSync } from 'node:fs';
import type { DeployedInboundElement, InboundSnapshot, Job } from '@bpmn-connectors/sdk';
import { type ManualClock, manualClock } from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createClusterSource } from '../src/cluster/create-cluster-source.ts';
import { createCamunda8 } from '../src/index.ts';
import type { ElementSource } from '../src/models/element-source.ts';
import { createRestClient } from '../src/rest/create-rest-client.ts';
import {
  type ClusterStub,
  type StubDefinition,
  type StubSubscription,
  startClusterStub,
} from './support/cluster-stub.ts';
import { eventually } from './support/eventually.ts';
import { startGatewayStub } from './support/gateway-stub.ts';

interface LookRow {
  readonly definitions: readonly (Omit<StubDefinition, 'xml'> & {
    readonly model: 'good' | 'late' | 'none';
  })[];
  readonly subscriptions?: readonly StubSubscription[];
  readonly elements: readonly string[];
  readonly revision: number;
}

const { rows }: { readonly rows: readonly { what: string; looks: readonly LookRow[] }[] } =
  JSON.parse(readFileSync(new URL('./data/cluster-looks.json', import.meta.url), 'utf8'));

const properties = (webhookId: string): string => `<bpmn:extensionElements><zeebe:properties>
  <zeebe:property name="inbound.type" value="io.camunda:webhook:1" />
  <zeebe:property name="inbound.context" value="${webhookId}" />
</zeebe:properties></bpmn:extensionElements>`;

const modelOf = (id: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="x">
  <bpmn:process id="${id}" isExecutable="true">
    <bpmn:startEvent id="start">${properties(`${id}-start`)}</bpmn:startEvent>
    <bpmn:startEvent id="messageStart">${properties(`${id}-message`)}<bpmn:messageEventDefinition id="m1" messageRef="begin" /></bpmn:startEvent>
    <bpmn:serviceTask id="task"><bpmn:extensionElements><zeebe:taskDefinition type="send" />
      <zeebe:ioMapping><zeebe:input source="={{secrets.KEY}}" target="authentication.key" /></zeebe:ioMapping>
    </bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:intermediateCatchEvent id="catch">${properties(`${id}-catch`)}<bpmn:messageEventDefinition id="m2" messageRef="paid" /></bpmn:intermediateCatchEvent>
  </bpmn:process>
  <bpmn:message id="begin" name="begin" />
  <bpmn:message id="paid" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=orderId" /></bpmn:extensionElements></bpmn:message>
</bpmn:definitions>`;

const definition = (key: string, id: string, version = 1): StubDefinition => ({
  key,
  id,
  version,
  xml: modelOf(id),
});

interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

let cluster: ClusterStub;
let clock: ManualClock;
let lines: Line[];
let close: (() => void | Promise<void>)[] = [];

const writes =
  (level: string) =>
  (fields: Line['fields'], message: string): void =>
    void lines.push({ level, fields, message });

const logger = {
  debug: writes('debug'),
  info: writes('info'),
  warn: writes('warn'),
  error: writes('error'),
};

beforeEach(async () => {
  cluster = await startClusterStub();
  clock = manualClock();
  lines = [];
  close.push(() => cluster.close());
});

afterEach(async () => {
  for (const end of close.toReversed()) await end();
  close = [];
});

/** A source that has looked once. */
async function watch(options: { tenantId?: string } = {}): Promise<ElementSource> {
  const rest = createRestClient({ address: cluster.address, requestTimeoutMs: 5000 });
  const source = createClusterSource({ rest, clock, logger, ...options });
  const stop = new AbortController();
  close.push(() => rest.close());
  void source.watch(stop.signal);
  close.push(() => stop.abort());
  await eventually(() => clock.scheduled().length === 1);
  return source;
}

/** Lets the source look once more. */
async function lookAgain(): Promise<void> {
  const [wait = 0] = clock.scheduled();
  clock.advance(wait);
  await eventually(() => clock.scheduled().length === 1);
}

const describeElement = (element: DeployedInboundElement): string => {
  const { processId, version, elementId, tenantId } = element;
  return [processId, version, elementId, ...(tenantId === '<default>' ? [] : [tenantId])].join(' ');
};

const elementsOf = (source: ElementSource): readonly string[] =>
  source.snapshot().elements.map(describeElement);

const requestsFor = (request: string): number =>
  cluster.requests.filter(({ line }) => line === request).length;

const linesOf = (level: string): readonly string[] =>
  lines.filter((line) => line.level === level).map(({ message }) => message);

describe('what is told of a cluster', () => {
  for (const { what, looks } of rows) {
    test(what, async () => {
      let source: ElementSource | undefined;
      for (const { definitions, subscriptions = [], elements, revision } of looks) {
        cluster.definitions = definitions.map(({ model, ...rest }) => ({
          ...rest,
          ...(model === 'late' ? {} : { xml: model === 'none' ? null : modelOf(rest.id) }),
        }));
        cluster.subscriptions = subscriptions;
        if (source === undefined) source = await watch();
        else await lookAgain();
        expect(elementsOf(source)).toEqual(elements);
        expect(source.snapshot().revision).toBe(revision);
      }
    });
  }

  test('elements carry version, key and tenant of their definition', async () => {
    cluster.definitions = [{ ...definition('2251799813685250', 'order', 3), tenantId: 'mine' }];
    const source = await watch();
    expect(source.snapshot().elements[2]).toMatchObject({
      elementId: 'catch',
      elementType: 'intermediateCatchEvent',
      version: 3,
      processDefinitionKey: '2251799813685250',
      tenantId: 'mine',
      message: { name: 'paid', correlationKeyExpression: '=orderId' },
    });
  });

  test('all pages are read, a full last one included', async () => {
    cluster.definitions = Array.from({ length: 300 }, (_, index) =>
      definition(String(1000 + index), `p${index}`),
    );
    const source = await watch();
    expect(source.snapshot().elements).toHaveLength(900);
    expect(requestsFor('POST /v2/process-definitions/search')).toBe(4);
  });

  test('with a tenant only what is deployed for it is told, who waits included', async () => {
    cluster.definitions = [
      { ...definition('11', 'order', 1), tenantId: 'other' },
      { ...definition('21', 'order', 2), tenantId: 'other' },
      { ...definition('12', 'order', 1), tenantId: 'mine' },
    ];
    cluster.subscriptions = [{ key: '11', state: 'CREATED' }];
    const source = await watch({ tenantId: 'mine' });
    expect(elementsOf(source)).toEqual([
      'order 1 start mine',
      'order 1 messageStart mine',
      'order 1 catch mine',
    ]);
  });
});

describe('what is asked of a cluster', () => {
  test('each model is fetched once, however often it is looked at', async () => {
    cluster.definitions = [definition('11', 'order', 1)];
    await watch();
    cluster.definitions = [definition('11', 'order', 1), definition('21', 'order', 2)];
    cluster.subscriptions = [{ key: '11', state: 'CREATED' }];
    await lookAgain();
    await lookAgain();
    expect(requestsFor('GET /v2/process-definitions/11/xml')).toBe(1);
    expect(requestsFor('GET /v2/process-definitions/21/xml')).toBe(1);
    expect(requestsFor('GET /v2/process-definitions/11')).toBe(1);
  });

  test('a model of a process that was deleted is forgotten', async () => {
    cluster.definitions = [definition('11', 'order')];
    const source = await watch();
    expect(source.inputsOf('11', 'task')).toEqual({ 'authentication.key': '={{secrets.KEY}}' });
    cluster.definitions = [];
    await lookAgain();
    expect(source.inputsOf('11', 'task')).toBeUndefined();
  });

  test('jobs of an older version have their input mappings still', async () => {
    cluster.definitions = [definition('11', 'order', 1)];
    const source = await watch();
    cluster.definitions = [definition('21', 'order', 2)];
    await lookAgain();
    expect(source.inputsOf('11', 'task')).toEqual({ 'authentication.key': '={{secrets.KEY}}' });
  });
});

describe('what goes wrong', () => {
  const unreadable: readonly (readonly [string, string])[] = [
    ['no XML', 'no model at all'],
    ['more than 10 MB', 'x'.repeat(10 * 1024 * 1024 + 1)],
    ['more than an answer may have', 'x'.repeat(17 * 1024 * 1024)],
  ];
  for (const [what, xml] of unreadable) {
    test(`a model that is ${what} is named once and left out, the others stay`, async () => {
      cluster.definitions = [{ key: '9', id: 'bad', version: 7, xml }, definition('11', 'order')];
      const source = await watch();
      await lookAgain();
      expect(elementsOf(source)).toEqual([
        'order 1 start',
        'order 1 messageStart',
        'order 1 catch',
      ]);
      const errors = lines.filter(({ level }) => level === 'error');
      expect(errors.map(({ fields }) => fields)).toEqual([
        expect.objectContaining({ processId: 'bad', version: 7, processDefinitionKey: '9' }),
      ]);
      expect(requestsFor('GET /v2/process-definitions/9/xml')).toBe(1);
    });
  }

  test('a definition whose model comes later is told later', async () => {
    cluster.definitions = [{ key: '11', id: 'order', version: 1 }];
    const source = await watch();
    expect(source.snapshot().elements).toEqual([]);
    cluster.definitions = [definition('11', 'order')];
    await lookAgain();
    expect(source.snapshot().elements.map(({ processId }) => processId)).toContain('order');
    expect([...linesOf('error'), ...linesOf('warn')]).toEqual([]);
  });

  test('members that are null, as clusters of 8.9 tell them, are taken as absent', async () => {
    cluster.definitions = [definition('11', 'order', 1), definition('21', 'order', 2)];
    cluster.subscriptions = [
      { key: '11', state: 'CREATED' },
      { key: null, state: 'CREATED' },
    ];
    cluster.tellsNulls = true;
    const source = await watch();
    expect(elementsOf(source)).toContain('order 1 catch');
    expect([...linesOf('error'), ...linesOf('warn')]).toEqual([]);
  });

  test('an outage keeps the last snapshot, and what changed meanwhile is told after it', async () => {
    cluster.definitions = [definition('11', 'order', 1)];
    const source = await watch();
    const before = source.snapshot();
    cluster.refusal = 503;
    cluster.definitions = [definition('21', 'order', 2)];
    await lookAgain();
    await lookAgain();
    expect(source.snapshot()).toBe(before);
    expect(source.health()).toEqual({
      status: 'degraded',
      reason: expect.stringContaining('Refused with 503'),
    });
    expect(linesOf('warn')).toEqual(['The inbound elements cannot be read']);
    cluster.refusal = undefined;
    await lookAgain();
    expect(elementsOf(source)).toEqual(['order 2 start', 'order 2 messageStart', 'order 2 catch']);
    expect(source.health()).toEqual({ status: 'up' });
    expect(linesOf('info')).toEqual(['The inbound elements are read again']);
  });

  test('an outage is waited out from a second up to a minute', async () => {
    cluster.refusal = 502;
    await watch();
    const waits: number[] = [];
    for (let look = 0; look < 9; look++) {
      waits.push(clock.scheduled()[0] ?? 0);
      await lookAgain();
    }
    expect(waits[0]).toBeGreaterThanOrEqual(500);
    expect(waits[0]).toBeLessThanOrEqual(1000);
    expect(waits[8]).toBeGreaterThanOrEqual(30_000);
    expect(waits[8]).toBeLessThanOrEqual(60_000);
  });

  for (const status of [401, 403]) {
    test(`nothing is told while the cluster answers ${status}`, async () => {
      cluster.refusal = status;
      const source = await watch();
      const seen: InboundSnapshot[] = [];
      void source.loaded.then(() => seen.push(source.snapshot()));
      await lookAgain();
      expect(seen).toEqual([]);
      expect(source.health()).toEqual({
        status: 'down',
        reason: expect.stringContaining(`Refused with ${status}`),
      });
    });
  }

  test('an empty answer is told, with the rights that may be missing', async () => {
    const source = await watch();
    await lookAgain();
    expect(source.snapshot()).toEqual({ revision: 1, elements: [] });
    expect(linesOf('warn')).toEqual([expect.stringContaining('READ_PROCESS_DEFINITION')]);
  });

  test('who waits in a list that is cut off at 10,000 goes on waiting', async () => {
    cluster.definitions = [definition('11', 'order', 1), definition('21', 'order', 2)];
    cluster.subscriptions = [{ key: '11', state: 'CREATED' }];
    const source = await watch();
    cluster.subscriptions = Array.from({ length: 10_001 }, () => ({ key: '21', state: 'CREATED' }));
    await lookAgain();
    expect(elementsOf(source)).toContain('order 1 catch');
    expect(linesOf('warn')).toEqual([expect.stringContaining('10,000')]);
  });
});

describe("a process runtime with the cluster's elements", () => {
  async function connect() {
    const gateway = await startGatewayStub();
    close.push(() => gateway.close());
    const partition = (role: string) => ({ partitionId: 1, role, health: 'HEALTHY' });
    gateway.on('Topology', () => ({ brokers: [{ partitions: [partition('LEADER')] }] }));
    const camunda8 = createCamunda8({
      grpcAddress: gateway.target,
      restAddress: `${cluster.address}/v2`,
      elements: 'cluster',
      streaming: false,
      clock,
      logger,
    });
    close.push(() => camunda8.close());
    return { gateway, camunda8 };
  }

  test('tells what others deployed, first and after every change', async () => {
    cluster.definitions = [definition('11', 'order', 1)];
    const { camunda8 } = await connect();
    const told: InboundSnapshot[] = [];
    const stop = new AbortController();
    const watching = camunda8.watchInbound(async (snapshot) => {
      told.push(snapshot);
    }, stop.signal);
    await eventually(() => told.length === 1);
    cluster.definitions = [definition('11', 'order', 1), definition('21', 'order', 2)];
    await eventually(() => clock.scheduled().length === 1);
    await lookAgain();
    await eventually(() => told.length === 2);
    stop.abort();
    await watching;
    expect(told.map(({ elements }) => elements[0]?.version)).toEqual([1, 2]);
  });

  test('is not ready, and tells nothing, until the cluster was read', async () => {
    cluster.refusal = 503;
    const { camunda8 } = await connect();
    expect(await camunda8.health()).toEqual({ status: 'up' });
    const stop = new AbortController();
    const told: InboundSnapshot[] = [];
    const watching = camunda8.watchInbound(async (snapshot) => {
      told.push(snapshot);
    }, stop.signal);
    await eventually(() => clock.scheduled().length === 1);
    expect((await camunda8.health()).status).toBe('down');
    stop.abort();
    await watching;
    expect(told).toEqual([]);
  });

  test('gives jobs of models that others deployed their input mappings as written', async () => {
    cluster.definitions = [definition('11', 'order')];
    const { gateway, camunda8 } = await connect();
    void camunda8.watchInbound(async () => undefined, new AbortController().signal);
    await eventually(() => clock.scheduled().length === 1);
    const job = {
      key: '1',
      type: 'send',
      bpmnProcessId: 'order',
      processDefinitionKey: '11',
      elementId: 'task',
      retries: 3,
      deadline: String(clock.now() + 1000),
      variables: Buffer.from('{}'),
      customHeaders: Buffer.from('{}'),
    };
    const batches = [[job]];
    gateway.on('ActivateJobs', () => ({ jobs: batches.shift() ?? [] }));
    gateway.on('CompleteJob', () => ({}));
    const seen: Job[] = [];
    camunda8.work({ type: 'send', maxActive: 1, timeoutMs: 1000 }, async (taken) => {
      seen.push(taken);
      return { action: 'complete' };
    });
    await eventually(() => seen.length === 1);
    expect(seen[0]?.inputs).toEqual({ 'authentication.key': '={{secrets.KEY}}' });
  });
});
