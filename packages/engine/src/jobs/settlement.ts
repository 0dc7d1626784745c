import type { JobResult } from '@bpmn-connectors/sdk';
import type { ElementInstance } from '../state/process-instance.ts';

/** A result of a job, and from whom. */
export interface Settlement {
  readonly element: ElementInstance;
  readonly jobKey: string;
  readonly result: JobResult;
  /** Whether nobody else was given the job after this worker. */
  readonly current: boolean;
}
