import type { DeliverySummary, JobSummary, Span, Telemetry } from '@bpmn-connectors/sdk';
import { type Attributes, SpanKind, type Tracer } from '@opentelemetry/api';
import { createSpans } from './create-spans.ts';

/** How traces are made. */
export interface OpenTelemetryOptions {
  /** `trace.getTracer('bpmn-connectors')`. */
  readonly tracer: Tracer;
  /**
   * A sender's own trace (`traceparent`, of deliveries that are authentic) is gone on with, or only linked to
   * from a new one: where senders are not to decide what is sampled. @default 'continue'
   */
  readonly parent?: 'continue' | 'link';
}

/**
 * Opens a span around each delivery and each job with the OpenTelemetry API (a peer dependency). A job's span is
 * in the trace of the event that its instance goes on from, where the process runtime keeps that: ours does.
 * Attributes hold names and keys, never payload.
 * @example
 * createConnectorRuntime({ telemetry: openTelemetry({ tracer: trace.getTracer('shop') }), … });
 */
export function openTelemetry({ tracer, parent = 'continue' }: OpenTelemetryOptions): Telemetry {
  const { open, close } = createSpans(tracer);
  return {
    deliveryStarted: ({ connectorType, endpoint, startedAt, trace }) =>
      open({
        name: `deliver ${endpoint}`,
        kind: SpanKind.SERVER,
        attributes: { [names.connectorType]: connectorType, [names.endpoint]: endpoint },
        startTime: startedAt,
        trace,
        parent,
      }),
    delivery: (summary, span) => close(span, deliveryAttributes(summary), errorOf(summary)),
    jobStarted: ({ type, processId, processInstanceKey, elementId, trace }) =>
      open({
        name: `job ${type}`,
        kind: SpanKind.CONSUMER,
        attributes: {
          [names.jobType]: type,
          [names.processId]: processId,
          [names.instance]: processInstanceKey,
          [names.elementId]: elementId,
        },
        trace,
        parent: 'continue',
      }),
    job: (summary, span?: Span) => close(span, jobAttributes(summary), failureOf(summary)),
  };
}

const names = {
  connectorType: 'bpmn_connectors.connector_type',
  endpoint: 'bpmn_connectors.endpoint',
  outcome: 'bpmn_connectors.outcome',
  step: 'bpmn_connectors.step',
  jobType: 'bpmn_connectors.job_type',
  action: 'bpmn_connectors.action',
  processId: 'bpmn_connectors.process_id',
  instance: 'bpmn_connectors.process_instance_key',
  elementId: 'bpmn_connectors.element_id',
} as const;

const deliveryAttributes = (summary: DeliverySummary): Attributes => ({
  [names.outcome]: summary.outcome,
  [names.step]: summary.step,
  [names.instance]: summary.processInstanceKey,
  'http.response.status_code': summary.status,
});

const jobAttributes = ({ action, code }: JobSummary): Attributes => ({
  [names.action]: action,
  'error.type': action === 'complete' ? undefined : code,
});

/** In a server's span only its own trouble is an error (OpenTelemetry, HTTP spans). */
const errorOf = ({ status, outcome }: DeliverySummary): string | undefined =>
  outcome === 'unavailable' || (status ?? 0) >= 500 ? outcome : undefined;

const failureOf = ({ action, code }: JobSummary): string | undefined =>
  action === 'fail' ? (code ?? 'failed') : undefined;
