import type { Job } from './job.ts';
import type { JobResult } from './job-result.ts';

/** What jobs a worker takes. */
export interface WorkerOptions {
  readonly type: string;
  /** Jobs in hand at the same time. */
  readonly maxActive: number;
  /** Milliseconds after which a job that was not ended is handed out again. */
  readonly timeoutMs: number;
  /** Top-level variables to hand over; all where absent. */
  readonly fetchVariables?: readonly string[];
}

/**
 * Gives a job in hand so many milliseconds from now on before it is handed out again, more or less than it
 * had. False: it is not in this worker's hands any more. Rejects when the process runtime cannot be asked.
 */
export type ExtendJob = (timeoutMs: number) => Promise<boolean>;

/**
 * Works one job. `signal` aborts when the job's deadline passes or the worker is stopped for good. `extend`
 * moves the deadline, where the process runtime can.
 */
export type JobHandler = (job: Job, signal: AbortSignal, extend?: ExtendJob) => Promise<JobResult>;

/** A running worker. */
export interface Worker {
  /** Takes no more jobs and waits, at most `timeoutMs`, for those in hand. */
  drain(timeoutMs: number): Promise<void>;
}
