import { type Camunda8, createCamunda8 } from '@bpmn-connectors/camunda8';
import { eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { BenchWorker, OnResult, WorkerProperties } from '../bench-worker.ts';
import { deployNotify } from '../camunda8/deploy-notify.ts';

const secrets = new Map([
  ['ACCESS_KEY', 'AKIABENCHMARK'],
  ['SECRET_KEY', 'no-secret'],
]);

/** Jobs through the connector runtime, each with one event: variables bound, secrets resolved, the result mapped. */
export async function connectorWorker(
  { grpcAddress, endpoint, maxActive }: WorkerProperties,
  onResult: OnResult,
): Promise<BenchWorker> {
  const camunda8 = createCamunda8({ grpcAddress });
  // So that it knows which inputs of the model name a secret.
  await deployNotify(camunda8);
  const work: Camunda8['work'] = (options, handler) =>
    camunda8.work(options, async (job, signal, extend) => {
      const result = await handler(job, signal, extend);
      onResult(job, result);
      return result;
    });
  const connectorRuntime = createConnectorRuntime({
    processRuntime: { ...camunda8, work },
    connectors: [eventBridge({ endpoint })],
    secrets: { get: async (name) => secrets.get(name) },
    maxActiveJobs: maxActive,
  });
  await connectorRuntime.start();
  return {
    close: async () => {
      await connectorRuntime.close();
      await camunda8.close();
    },
  };
}
