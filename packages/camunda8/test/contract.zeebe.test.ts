import { processRuntimeContract } from '@bpmn-connectors/testing';
import { startZeebe } from '@bpmn-connectors/testing/zeebe';
import { afterAll, describe, test } from '@jest/globals';
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

describe('the contract of process runtimes, on the engine in memory, by polling', () => {
  for (const { name, run } of onEngine) test(name, run, timeoutMs);
});

describe('the contract of process runtimes, on the broker, by streaming', () => {
  for (const { name, run } of onBroker) test(name, run, timeoutMs);
});
