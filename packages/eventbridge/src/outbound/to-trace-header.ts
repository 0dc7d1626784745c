import type { TraceContext } from '@bpmn-connectors/sdk';

const sampled = 1;

/**
 * A trace as X-Ray's header has it: the first eight digits of the trace id stand apart there (AWS X-Ray,
 * "Sending trace data": ids of W3C format).
 */
export function toTraceHeader({ traceparent }: TraceContext): string {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  const isSampled = (Number.parseInt(flags, 16) & sampled) === sampled;
  const root = `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
  return `Root=${root};Parent=${spanId};Sampled=${isSampled ? 1 : 0}`;
}
