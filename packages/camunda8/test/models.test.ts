import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '@bpmn-connectors/journal';
import {
  type InboundSnapshot,
  isConfigurationError,
  type Job,
  type Journal,
} from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Camunda8, type Camunda8Options, createCamunda8 } from '../src/index.ts';
import { eventually } from './support/eventually.ts';
import { type GatewayStub, refuse, startGatewayStub } from './support/gateway-stub.ts';

const modelOf = (webhookId: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="x">
  <bpmn:process id="order" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:extensionElements><zeebe:properties>
      <zeebe:property name="inbound.type" value="io.camunda:webhook:1" />
      <zeebe:property name="inbound.context" value="${webhookId}" />
    </zeebe:properties></bpmn:extensionElements></bpmn:startEvent>
    <bpmn:serviceTask id="task"><bpmn:extensionElements><zeebe:taskDefinition type="send" />
      <zeebe:ioMapping><zeebe:input source="={{secrets.KEY}}" target="authentication.key" /></zeebe:ioMapping>
    </bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f" sourceRef="start" targetRef="task" />
  </bpmn:process>
</bpmn:definitions>`;

let gateway: GatewayStub;
let folder: string;
let close: (() => Promise<void>)[] = [];

beforeEach(async () => {
  gateway = await startGatewayStub();
  folder = await mkdtemp(join(tmpdir(), 'camunda8-'));
  close.push(
    () => rm(folder, { recursive: true }),
    () => gateway.close(),
  );
});

afterEach(async () => {
  for (const end of close.toReversed()) await end();
  close = [];
});

function connect(options: Camunda8Options = {}): Camunda8 {
  const camunda8 = createCamunda8({
    grpcAddress: gateway.target,
    streaming: false,
    pollIntervalMs: 20,
    ...options,
  });
  close.push(() => camunda8.close());
  return camunda8;
}

const deployed = (version: number, key: string) => () => ({
  deployments: [
    {
      process: {
        bpmnProcessId: 'order',
        version,
        processDefinitionKey: key,
        resourceName: 'order.bpmn',
      },
    },
  ],
});

/** Of the elements that are told next. */
async function toldBy(camunda8: Camunda8): Promise<InboundSnapshot> {
  const stop = new AbortController();
  const told: InboundSnapshot[] = [];
  const watching = camunda8.watchInbound(async (snapshot) => {
    told.push(snapshot);
    stop.abort();
  }, stop.signal);
  await watching;
  const [first] = told;
  if (first === undefined) throw new Error('Nothing was told');
  return first;
}

const file = (webhookId: string) => [{ name: 'order.bpmn', content: modelOf(webhookId) }];

test('what was deployed is told with version and key, the latest version alone', async () => {
  const camunda8 = connect({ tenantId: 'mine' });
  gateway.on('DeployResource', deployed(1, '11'));
  expect(await camunda8.deploy(file('a'))).toEqual([
    { processId: 'order', version: 1, processDefinitionKey: '11', resourceName: 'order.bpmn' },
  ]);
  expect(gateway.calls[0]?.request).toMatchObject({ tenantId: 'mine' });
  gateway.on('DeployResource', deployed(2, '22'));
  await camunda8.deploy(file('b'));
  const { elements } = await toldBy(camunda8);
  expect(elements).toMatchObject([
    {
      processId: 'order',
      elementId: 'start',
      version: 2,
      processDefinitionKey: '22',
      tenantId: 'mine',
      properties: { 'inbound.context': 'b' },
    },
  ]);
});

test('what was deployed is known again after a restart, by the journal', async () => {
  const journal = await openJournal(folder);
  gateway.on('DeployResource', deployed(1, '11'));
  const before = connect({ journal });
  await before.deploy(file('a'));
  await before.close();
  const { elements } = await toldBy(connect({ journal }));
  expect(elements).toMatchObject([{ version: 1, properties: { 'inbound.context': 'a' } }]);
  await journal.close();
});

const jobOf = (key: string, processDefinitionKey: string) => ({
  key,
  type: 'send',
  bpmnProcessId: 'order',
  processDefinitionKey,
  elementId: 'task',
  retries: 3,
  deadline: String(Date.now() + 1000),
  variables: Buffer.from('{}'),
  customHeaders: Buffer.from('{}'),
});

/** Offers a job of the deployed model, and tells the mappings that the first to be worked has. */
async function inputsWorkedBy(camunda8: Camunda8): Promise<Job['inputs']> {
  const batches = [[jobOf('1', '11')]];
  gateway.on('ActivateJobs', () => ({ jobs: batches.shift() ?? [] }));
  gateway.on('CompleteJob', () => ({}));
  const seen: Job[] = [];
  camunda8.work({ type: 'send', maxActive: 2, timeoutMs: 5000 }, async (taken) => {
    seen.push(taken);
    return { action: 'complete' };
  });
  await eventually(() => seen.length === 1);
  return seen[0]?.inputs;
}

test('a job that comes before the models of earlier runs are read waits for them', async () => {
  const journal = await openJournal(folder);
  close.push(() => journal.close());
  gateway.on('DeployResource', deployed(1, '11'));
  const before = connect({ journal });
  await before.deploy(file('a'));
  await before.close();
  const slow: Journal = {
    ...journal,
    scan: async (namespace, page) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      return journal.scan(namespace, page);
    },
  };
  expect(await inputsWorkedBy(connect({ journal: slow }))).toEqual({
    'authentication.key': '={{secrets.KEY}}',
  });
});

test('a job that comes before its deployment is answered waits for the model', async () => {
  const camunda8 = connect();
  gateway.on('DeployResource', async () => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    return deployed(1, '11')();
  });
  const deploying = camunda8.deploy(file('a'));
  await eventually(() => gateway.calls.some(({ name }) => name === 'DeployResource'));
  expect(await inputsWorkedBy(camunda8)).toEqual({ 'authentication.key': '={{secrets.KEY}}' });
  await deploying;
});

test('a journal that cannot be read is told to who watches, and ends nothing before', async () => {
  const journal = await openJournal(folder);
  close.push(() => journal.close());
  const broken: Journal = { ...journal, scan: () => Promise.reject(new Error('no such file')) };
  const camunda8 = connect({ journal: broken });
  // A rejection that nobody handles fails the test.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const watching = camunda8.watchInbound(async () => undefined, new AbortController().signal);
  await expect(watching).rejects.toThrow('no such file');
});

test('a job of a deployed model carries its input mappings as written', async () => {
  const camunda8 = connect();
  gateway.on('DeployResource', deployed(1, '11'));
  await camunda8.deploy(file('a'));
  const batches = [[jobOf('1', '11'), jobOf('2', '99')]];
  gateway.on('ActivateJobs', () => ({ jobs: batches.shift() ?? [] }));
  gateway.on('CompleteJob', () => ({}));
  const seen = new Map<string, Job>();
  camunda8.work({ type: 'send', maxActive: 2, timeoutMs: 1000 }, async (taken) => {
    seen.set(taken.key, taken);
    return { action: 'complete' };
  });
  await eventually(() => seen.size === 2);
  expect(seen.get('1')?.inputs).toEqual({ 'authentication.key': '={{secrets.KEY}}' });
  expect(seen.get('2')?.inputs).toBeUndefined();
});

test('a refused deployment tells every problem with its file and element', async () => {
  gateway.on('DeployResource', () => {
    throw refuse(
      3,
      "Command 'CREATE' rejected with code 'INVALID_ARGUMENT': Expected to deploy new resources, but encountered the following errors:\n'a.bpmn': - Element: t\n    - ERROR: Must have a task definition\n- Element: t2 > extensionElements\n    - ERROR: failed to parse expression\n\n'c.bpmn': Fatal Error: Line=1: not XML",
    );
  });
  const error: unknown = await connect()
    .deploy(file('a'))
    .catch((reason: unknown) => reason);
  if (!isConfigurationError(error)) throw error;
  expect(error.problems.map(({ where, reason }) => [where, reason])).toEqual([
    ['a.bpmn / element t', 'Must have a task definition'],
    ['a.bpmn / element t2 > extensionElements', 'failed to parse expression'],
    ['c.bpmn', 'Fatal Error: Line=1: not XML'],
  ]);
});

test('a deployment that cannot reach the cluster may be tried again', async () => {
  gateway.on('DeployResource', () => {
    throw refuse(14, 'away');
  });
  await expect(connect().deploy(file('a'))).rejects.toMatchObject({
    code: 'CAMUNDA8_UNAVAILABLE',
    retryable: true,
  });
});
