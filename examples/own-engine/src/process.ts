import type { FailJob, Job, JsonObject, ThrowError } from '@bpmn-connectors/sdk';

/** What a process does with the instance it runs in. */
export interface Instance {
  /**
   * Has a connector do the work.
   * @returns the variables it ended with.
   * @throws {JobError} the connector threw a BPMN error, or failed and has no retries left.
   */
  readonly job: (step: JobStep) => Promise<JsonObject>;
  /** Waits for a message with this key, and returns its variables. */
  readonly message: (name: string, correlationKey: string) => Promise<JsonObject>;
}

/** Work for a connector. */
type JobStep = Pick<
  Job,
  'elementId' | 'type' | 'retries' | 'customHeaders' | 'variables' | 'inputs'
>;

/** A process is a function. */
export interface Process {
  readonly id: string;
  /** A message that starts it. */
  readonly startMessage?: string;
  readonly run: (variables: JsonObject, instance: Instance) => Promise<void>;
}

/** A job ended without doing its work. A process may catch it. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly result: FailJob | ThrowError;

  constructor(result: FailJob | ThrowError) {
    super(result.errorMessage);
    this.result = result;
  }
}
