import { processRuntimeContract } from '@bpmn-connectors/testing';
import { startZeebe } from '@bpmn-connectors/testing/zeebe';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createCamunda8 } from '../src/index.ts';

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
