import type { Job, JobResult, JobSource, Worker, WorkerOptions } from '@bpmn-connectors/sdk';
import { eventually } from './eventually.ts';

/** A job in the hands of the suite. */
interface DeliveredJob {
  readonly job: Job;
  readonly signal: AbortSignal;
  /** Ends the job. */
  readonly end: (result: JobResult) => void;
}

/** A worker whose jobs are taken one by one. */
export interface JobCollector {
  readonly worker: Worker;
  /** All that were handed out so far, in their order. */
  readonly delivered: readonly DeliveredJob[];
  /** The next one that was not asked for yet. Waits for it. */
  readonly next: () => Promise<DeliveredJob>;
  /** Lets go of whatever is still in hand. */
  readonly release: () => void;
}

/** Works a type of jobs. */
export function collectJobs(
  source: JobSource,
  options: Pick<WorkerOptions, 'type'> & Partial<WorkerOptions>,
): JobCollector {
  const delivered: DeliveredJob[] = [];
  let taken = 0;
  const worker = source.work({ maxActive: 10, timeoutMs: 60_000, ...options }, (job, signal) => {
    return new Promise((end) => {
      delivered.push({ job, signal, end });
    });
  });
  return {
    worker,
    delivered,
    next: async () => {
      const index = taken++;
      return eventually(`a job of type ${options.type}`, async () => delivered[index]);
    },
    release: () => {
      for (const { end } of delivered) end({ action: 'complete' });
    },
  };
}
