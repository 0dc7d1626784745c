import { createCamunda8 } from '@bpmn-connectors/camunda8';
import type { JobResult } from '@bpmn-connectors/sdk';
import type { BenchWorker, OnResult, WorkerProperties } from '../bench-worker.ts';

const done: JobResult = { action: 'complete', variables: { eventId: 'none' } };

/** The floor of jobs: our client takes those of the connector, with the same variables, and does nothing. */
export async function clientWorker(
  { grpcAddress, maxActive }: WorkerProperties,
  onResult: OnResult,
): Promise<BenchWorker> {
  const camunda8 = createCamunda8({ grpcAddress });
  const worker = camunda8.work(
    {
      type: 'io.camunda:aws-eventbridge:1',
      fetchVariables: ['authentication', 'configuration', 'input'],
      maxActive,
      timeoutMs: 300_000,
    },
    async (job) => {
      onResult(job, done);
      return done;
    },
  );
  return {
    close: async () => {
      await worker.drain(10_000);
      await camunda8.close();
    },
  };
}
