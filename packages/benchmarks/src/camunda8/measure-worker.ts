import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createCamunda8 } from '@bpmn-connectors/camunda8';
import { z } from 'zod';
import type { Measurement } from '../measurement.ts';
import { startEndpoint } from '../put-events/start-endpoint.ts';
import { receiveMessage } from '../receive-message.ts';
import { countActive } from './count-active.ts';
import { deployNotify } from './deploy-notify.ts';
import { startInstances } from './start-instances.ts';

/** Which worker, on which cluster. */
export interface WorkerRow {
  /** One of `work.ts`. */
  readonly worker: 'client' | 'connector';
  readonly grpcAddress: string;
  readonly restAddress: string;
}

/** Jobs at work at the same time. */
export const maxActive = 100;
/** Jobs of a run: until the compiler has done its part one costs several times as much. */
export const plan = { warmUp: 1000, measured: 2000, rest: maxActive };

const MeasurementSchema = z.object({
  perSecond: z.number(),
  cpuMs: z.number(),
  rssMb: z.number(),
});
const program = fileURLToPath(new URL('../work.js', import.meta.url));

/**
 * Starts the instances, then lets a worker work their jobs.
 * @throws {Error} an instance has not ended, or an event is not at the endpoint or is there twice: then the
 *   figure is worth nothing.
 */
export async function measureWorker({
  worker,
  grpcAddress,
  restAddress,
}: WorkerRow): Promise<Measurement> {
  const endpoint = await startEndpoint();
  const keys = await prepareInstances(grpcAddress);
  const child = fork(
    program,
    [JSON.stringify({ worker, ...plan, grpcAddress, endpoint: endpoint.url, maxActive })],
    { env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } },
  );
  const exit = once(child, 'exit');
  const measurement = await receiveMessage(child, MeasurementSchema);
  await exit;
  const events = worker === 'connector' ? keys.length : 0;
  const taken = await endpoint.end();
  const active = await countActive(restAddress, keys);
  if (taken !== events || active > 0) {
    throw new Error(`${worker}: ${taken} of ${events} events taken, ${active} instances active`);
  }
  return measurement;
}

async function prepareInstances(grpcAddress: string): Promise<readonly string[]> {
  const camunda8 = createCamunda8({ grpcAddress });
  try {
    await deployNotify(camunda8);
    return await startInstances(camunda8, plan.warmUp + plan.measured + plan.rest);
  } finally {
    await camunda8.close();
  }
}
