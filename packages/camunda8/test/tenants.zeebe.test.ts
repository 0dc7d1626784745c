import type { Job } from '@bpmn-connectors/sdk';
import { startZeebe } from '@bpmn-connectors/testing/zeebe';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { type Camunda8, createCamunda8, examineCluster } from '../src/index.ts';
import { eventually } from './support/eventually.ts';
import { taskModel } from './support/task-model.ts';

jest.setTimeout(60_000);

const zeebe = await startZeebe({
  kind: 'broker',
  tenants: ['red', 'blue'],
});
afterAll(() => zeebe.stop());
const { grpcAddress, restAddress } = zeebe;

const opened: Camunda8[] = [];
afterEach(async () => {
  for (const camunda8 of opened.splice(0)) await camunda8.close();
});

function connect(tenantId?: string): Camunda8 {
  const tenant = tenantId === undefined ? {} : { tenantId };
  const camunda8 = createCamunda8({ grpcAddress, restAddress, pollIntervalMs: 50, ...tenant });
  opened.push(camunda8);
  return camunda8;
}

const messageName = 'paid';

const messageStart = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="waiting_model"
  targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="waiting" isExecutable="true">
    <bpmn:startEvent id="waiting_start"><bpmn:messageEventDefinition messageRef="waited" /></bpmn:startEvent>
  </bpmn:process>
  <bpmn:message id="waited" name="waited-for" />
</bpmn:definitions>`;

/** A worker's jobs, as they come. */
function workOf(camunda8: Camunda8, type: string): readonly Job[] {
  const jobs: Job[] = [];
  camunda8.work({ type, maxActive: 4, timeoutMs: 30_000 }, async (job) => {
    jobs.push(job);
    return { action: 'complete' };
  });
  return jobs;
}

describe('a cluster with tenants', () => {
  test('hands the jobs of a tenant to its own worker alone', async () => {
    const red = connect('red');
    const blue = connect('blue');
    const seen = { red: workOf(red, 'own'), blue: workOf(blue, 'own') };
    for (const [tenant, camunda8] of Object.entries({ red, blue })) {
      await camunda8.deploy([{ name: 'own.bpmn', content: taskModel('own', { type: 'own' }) }]);
      const outcome = await camunda8.send({
        kind: 'start',
        processId: 'own',
        elementId: 'own_start',
        variables: { tenant },
      });
      expect(outcome).toMatchObject({ status: 'started' });
    }
    await eventually(() => seen.red.length > 0 && seen.blue.length > 0);
    const told = (jobs: readonly Job[]) =>
      jobs.map(({ tenantId, variables }) => [tenantId, variables]);
    expect(told(seen.red)).toEqual([['red', { tenant: 'red' }]]);
    expect(told(seen.blue)).toEqual([['blue', { tenant: 'blue' }]]);
  });

  test('starts no process that another tenant has', async () => {
    const content = taskModel('of-red', { type: 'of-red' });
    await connect('red').deploy([{ name: 'of-red.bpmn', content }]);
    const start = { kind: 'start', processId: 'of-red', elementId: 'of-red_start' } as const;
    expect(await connect('blue').send({ ...start, variables: {} })).toMatchObject({
      status: 'rejected',
      code: 'NOT_FOUND',
    });
  });

  test('keeps the messages of tenants apart, whose ids may be the same', async () => {
    const publish = {
      kind: 'publish',
      messageName,
      correlationKey: '',
      messageId: 'same',
      timeToLiveMs: 60_000,
      variables: {},
    } as const;
    const red = connect('red');
    expect(await red.send(publish)).toMatchObject({ status: 'accepted' });
    expect(await connect('blue').send(publish)).toMatchObject({ status: 'accepted' });
    expect(await red.send(publish)).toMatchObject({ status: 'duplicate' });
  });

  test.each(['publish', 'correlate', 'start'] as const)(
    'rejects what is sent to a tenant that we may not see, by %s',
    async (kind) => {
      const message = { messageName, correlationKey: '' };
      const start = { processId: 'own', elementId: 'own_start' };
      const green = connect('green');
      const outcome = await green.send(
        kind === 'start' ? { kind, ...start, variables: {} } : { kind, ...message, variables: {} },
      );
      expect(outcome).toMatchObject({ status: 'rejected', code: 'FORBIDDEN' });
    },
  );

  test('rejects what names no tenant', async () => {
    const publish = { kind: 'publish', messageName, correlationKey: '', variables: {} } as const;
    expect(await connect().send(publish)).toMatchObject({ status: 'rejected', code: 'INVALID' });
  });

  test('correlates with whom waits in the tenant alone', async () => {
    const red = connect('red');
    await red.deploy([{ name: 'waiting.bpmn', content: messageStart }]);
    const correlate = {
      kind: 'correlate',
      messageName: 'waited-for',
      correlationKey: '',
      variables: {},
    } as const;
    expect(await connect('blue').send(correlate)).toMatchObject({ status: 'no-subscription' });
    expect(await red.send(correlate)).toMatchObject({ status: 'correlated' });
  });

  test.each([
    ['red', 'good'],
    ['green', 'bad'],
    [undefined, 'bad'],
  ])('is found, for the tenant %s, to be %s for jobs', async (tenantId, status) => {
    const tenant = tenantId === undefined ? {} : { tenantId };
    const findings = await examineCluster({ grpcAddress, restAddress, ...tenant });
    expect(findings.map((finding) => [finding.part, finding.status])).toEqual([
      ['gateway', 'good'],
      ['partitions', 'good'],
      ['jobs', status],
      ['REST API', 'good'],
    ]);
  });
});
