import type { Job, JobResult } from '@bpmn-connectors/sdk';

/** A worker of jobs on a cluster, in a process of its own. */
export interface BenchWorker {
  /** Ends it when the cluster has been told of every job in hand. */
  readonly close: () => Promise<void>;
}

/** Where and how jobs are worked. */
export interface WorkerProperties {
  readonly grpcAddress: string;
  /** Address that stands in for AWS. */
  readonly endpoint: string;
  readonly maxActive: number;
}

/** Tells the one who measures how a job went. */
export type OnResult = (job: Job, result: JobResult) => void;

/** Begins to work at once. */
export type StartWorker = (
  properties: WorkerProperties,
  onResult: OnResult,
) => Promise<BenchWorker>;
