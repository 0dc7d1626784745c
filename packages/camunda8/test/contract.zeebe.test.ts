import type { Job } from '@bpmn-connectors/sdk';
import { processRuntimeContract } from '@bpmn-connectors/testing';
import { startZeebe } from '@bpmn-connectors/testing/zeebe';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createCamunda8 } from '../src/index.ts';
import { eventually } from './support/eventually.ts';
import { taskModel } from './support/task-model.ts';

const timeoutMs = 60_000;

const engine = await startZeebe({ kind: 'engine' });
const broker = await startZeebe({ kind: 'broker' });
afterAll(async () => {
  await engine.stop();
  await broker.stop();
});

const onEngine = await processRuntimeContract(async () => ({
  processRuntime: createCamunda8({
    grpcAddress: engine.grpcAddress,
    streaming: false,
    pollIntervalMs: 20,
  }),
  correlates: false,
}));

const onBroker = await processRuntimeContract(async () => ({
  processRuntime: createCamunda8({
    grpcAddress: broker.grpcAddress,
    restAddress: broker.restAddress,
  }),
}));

test('the error of an attempt that failed is a variable of the next', async () => {
  const camunda8 = createCamunda8({ grpcAddress: broker.grpcAddress });
  const model = taskModel('again', { type: 'again' });
  await camunda8.deploy([{ name: 'again.bpmn', content: model }]);
  const seen: Job[] = [];
  camunda8.work({ type: 'again', maxActive: 1, timeoutMs: 30_000 }, async (job) => {
    seen.push(job);
    if (seen.length > 1) return { action: 'complete' };
    const error = { code: 'ThrottlingException', message: 'Rate exceeded' };
    return { action: 'fail', retries: 1, errorMessage: error.message, variables: { error } };
  });
  await camunda8.send({
    kind: 'start',
    processId: 'again',
    elementId: 'again_start',
    variables: { order: 1 },
  });
  await eventually(() => seen.length === 2);
  await camunda8.close();
  expect(seen.map(({ variables }) => variables)).toEqual([
    { order: 1 },
    { order: 1, error: { code: 'ThrottlingException', message: 'Rate exceeded' } },
  ]);
});

describe('variables', () => {
  test.each([
    [1, 'accepted'],
    [3, 'rejected'],
    [5, 'rejected'],
  ])('of %d MB are %s by the broker', async (megabytes, status) => {
    const camunda8 = createCamunda8({ grpcAddress: broker.grpcAddress });
    const outcome = await camunda8.send({
      kind: 'publish',
      messageName: 'large',
      correlationKey: '',
      variables: { text: 'x'.repeat(megabytes * 1024 * 1024 - 100) },
    });
    await camunda8.close();
    expect(outcome).toMatchObject(
      status === 'rejected' ? { status, code: 'TOO_LARGE' } : { status },
    );
  });
});

describe('the contract of process runtimes, on the engine in memory, by polling', () => {
  for (const { name, run } of onEngine) test(name, run, timeoutMs);
});

describe('the contract of process runtimes, on the broker, by streaming', () => {
  for (const { name, run } of onBroker) test(name, run, timeoutMs);
});
