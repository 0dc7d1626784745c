/** How a delivery ended, of fixed size whatever was delivered. */
export interface DeliverySummary {
  readonly id: string;
  readonly connectorType: string;
  /** What the endpoint is called by its connector: the webhook id. */
  readonly endpoint: string;
  /** ISO 8601. */
  readonly at: string;
  /** Answer given to the sender (HTTP status), where there is one. */
  readonly status?: number;
  readonly outcome: string;
  /** Step at which it stopped: `authenticate`, `condition`, `send` … */
  readonly step: string;
  readonly durationMs: number;
  readonly processInstanceKey?: string;
  /** A problem that did not change the answer: a response expression that failed. */
  readonly problem?: string;
}

/** How a job ended. */
export interface JobSummary {
  readonly type: string;
  readonly elementId: string;
  readonly action: 'complete' | 'fail' | 'throwError';
  /** Code of the error, where there was one. */
  readonly code?: string;
  readonly durationMs: number;
}

/** Is told what happened. Where none is given nothing is built for it. */
export interface Telemetry {
  /** A delivery has ended. */
  delivery?(summary: DeliverySummary): void;
  /** A job was taken; `job` follows exactly once. */
  jobStarted?(type: string): void;
  /** A job has ended. */
  job?(summary: JobSummary): void;
}
