/** A step at which a worker has to do something. */
export interface ContractJob {
  readonly kind: 'job';
  readonly elementId: string;
  readonly jobType: string;
  /** Attempts. */
  readonly retries: number;
  /** Custom headers of the job. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The BPMN error with this code, thrown by the job, is caught: the instance goes on with `then`, and
   * ends. Errors with other codes are caught by nobody.
   */
  readonly catches?: {
    readonly errorCode: string;
    readonly elementId: string;
    readonly then: ContractJob;
  };
}

/** A step at which the instance waits for a message whose key is the value of a variable. */
export interface ContractMessage {
  readonly kind: 'message';
  readonly elementId: string;
  readonly messageName: string;
  readonly correlationVariable: string;
}

/** A process that the suite needs: one step after the other, then the end. */
export interface ContractProcess {
  readonly id: string;
  /** With a message name the process is started by messages, else by a plain start. */
  readonly start: { readonly elementId: string; readonly messageName?: string };
  readonly steps: readonly (ContractJob | ContractMessage)[];
}
