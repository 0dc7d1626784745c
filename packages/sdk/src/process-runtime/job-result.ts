import type { JsonObject } from '../json/json-value.ts';

/** The job is done; the variables go to the process (through its output mappings). */
export interface CompleteJob {
  readonly action: 'complete';
  readonly variables?: JsonObject;
}

/** The job failed. With `retries` 0 the process runtime raises an incident. */
export interface FailJob {
  readonly action: 'fail';
  /** Attempts left after this one; counted by the worker, as in Zeebe. */
  readonly retries: number;
  readonly errorMessage: string;
  /** Milliseconds until the next attempt. */
  readonly retryBackoffMs?: number;
  readonly variables?: JsonObject;
}

/** A BPMN error: caught by an error boundary event or event sub-process, else an incident. */
export interface ThrowError {
  readonly action: 'throwError';
  readonly errorCode: string;
  readonly errorMessage?: string;
  readonly variables?: JsonObject;
}

/** How a worker ends a job. */
export type JobResult = CompleteJob | FailJob | ThrowError;
