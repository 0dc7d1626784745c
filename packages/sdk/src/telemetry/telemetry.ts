import type { TraceContext } from './trace-context.ts';

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
  /** Of the sender's trace, or of the one that began here. */
  readonly traceId?: string;
  /** A problem that did not change the answer: a response expression that failed. */
  readonly problem?: string;
}

/** How a job ended. */
export interface JobSummary {
  readonly type: string;
  readonly processId: string;
  readonly processInstanceKey: string;
  readonly elementId: string;
  readonly action: 'complete' | 'fail' | 'throwError';
  /** Code of the error, where there was one. */
  readonly code?: string;
  readonly durationMs: number;
  readonly traceId?: string;
}

/** A delivery that is authentic and about to be correlated. */
export interface DeliveryStart {
  readonly connectorType: string;
  /** What the endpoint is called by its connector: the webhook id. */
  readonly endpoint: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** What the sender says of its trace. */
  readonly trace?: TraceContext;
}

/** A job that was taken. */
export interface JobStart {
  readonly type: string;
  readonly processId: string;
  readonly processInstanceKey: string;
  readonly elementId: string;
  /** Of the event that the process instance goes on from, where the process runtime keeps it. */
  readonly trace?: TraceContext;
}

/** A span around one piece of work. It ends with the summary that it is given back with. */
export interface Span {
  /** For what the work causes. */
  readonly context: TraceContext;
  /** Runs work while the span is the active one. */
  run<Value>(work: () => Value): Value;
}

/** Is told what happens. Where none is given nothing is built for it. */
export interface Telemetry {
  /** A delivery begins; `delivery` follows exactly once. May open a span around it. */
  deliveryStarted?(start: DeliveryStart): Span | undefined;
  /** A delivery has ended. */
  delivery?(summary: DeliverySummary, span?: Span): void;
  /** A job was taken; `job` follows exactly once. May open a span around it. */
  jobStarted?(start: JobStart): Span | undefined;
  /** A job has ended. */
  job?(summary: JobSummary, span?: Span): void;
}
