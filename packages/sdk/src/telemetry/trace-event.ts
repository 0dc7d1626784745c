import type { InboundContext, InboundEvent } from '../inbound/inbound-connector.ts';
import type { Span } from './telemetry.ts';

/** An event, and the span that was opened around its delivery. */
export interface TracedEvent {
  readonly event: InboundEvent;
  readonly span: Span | undefined;
}

/** Opens a span around a delivery where somebody traces: then the event's process instance goes on with it. */
export function traceEvent(
  { began }: Pick<InboundContext, 'began'>,
  event: InboundEvent,
  startedAt: number,
): TracedEvent {
  const { trace } = event;
  const span = began?.({ startedAt, ...(trace === undefined ? {} : { trace }) });
  return span === undefined ? { event, span } : { event: { ...event, trace: span.context }, span };
}
