import { z } from 'zod';
import type { BenchWorker, OnResult, StartWorker } from './bench-worker.ts';

// A process of its own, so that CPU and memory are those of one worker; it loads nothing but that.
const workers: Readonly<Record<string, () => Promise<StartWorker>>> = {
  client: async () => (await import('./workers/client-worker.ts')).clientWorker,
  connector: async () => (await import('./workers/connector-worker.ts')).connectorWorker,
};

const PlanSchema = z.object({
  worker: z.string(),
  /** Jobs before the clock runs, while it runs, and after: then hands are as full at its end as before. */
  warmUp: z.number(),
  measured: z.number(),
  rest: z.number(),
  grpcAddress: z.string(),
  endpoint: z.string(),
  maxActive: z.number(),
});
const {
  worker: name,
  warmUp,
  measured,
  rest,
  ...properties
} = PlanSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const load = workers[name];
if (load === undefined || process.send === undefined) {
  throw new Error(`to be forked with one of ${Object.keys(workers).join(', ')}`);
}
const startWorker = await load();

interface Mark {
  readonly atMs: number;
  readonly cpuMs: number;
}

function takeMark(): Mark {
  const { user, system } = process.cpuUsage();
  return { atMs: performance.now(), cpuMs: (user + system) / 1000 };
}

function workAll(): { readonly onResult: OnResult; readonly allWorked: Promise<readonly Mark[]> } {
  const marks: Mark[] = [];
  let worked = 0;
  let resolve: (marks: readonly Mark[]) => void;
  let reject: (error: Error) => void;
  const allWorked = new Promise<readonly Mark[]>((...settle) => {
    [resolve, reject] = settle;
  });
  return {
    allWorked,
    onResult: (job, { action }) => {
      if (action !== 'complete') reject(new Error(`${name}: job ${job.key} ended with ${action}`));
      worked += 1;
      if (worked === warmUp || worked === warmUp + measured) marks.push(takeMark());
      if (worked === warmUp + measured + rest) resolve(marks);
    },
  };
}

const { onResult, allWorked } = workAll();
// A worker between two attempts to reach the cluster holds no process.
process.channel?.ref();
const worker: BenchWorker = await startWorker(properties, onResult);
const [start, end] = await allWorked;
const rssMb = process.memoryUsage.rss() / 1_000_000;
await worker.close();
if (start === undefined || end === undefined) throw new Error('The clock did not run');
process.send({
  perSecond: (measured * 1000) / (end.atMs - start.atMs),
  cpuMs: (end.cpuMs - start.cpuMs) / measured,
  rssMb,
});
process.disconnect();
