import type { TraceContext } from '@bpmn-connectors/sdk';
import { createTraceState, type SpanContext } from '@opentelemetry/api';

const flagDigits = 2;

/** A trace context as the OpenTelemetry API has it. */
export function toSpanContext({ traceparent, tracestate }: TraceContext): SpanContext {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  return {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(tracestate === undefined ? {} : { traceState: createTraceState(tracestate) }),
  };
}

/** The headers of a span. */
export function toTraceContext(span: SpanContext): TraceContext {
  const flags = span.traceFlags.toString(16).padStart(flagDigits, '0');
  const traceparent = `00-${span.traceId}-${span.spanId}-${flags}`;
  const tracestate = span.traceState?.serialize();
  return tracestate === undefined || tracestate === ''
    ? { traceparent }
    : { traceparent, tracestate };
}
