import type { Span, TraceContext } from '@bpmn-connectors/sdk';
import {
  type Attributes,
  context,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { toSpanContext, toTraceContext } from './span-context.ts';

/** What a span begins with. */
interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  /** Epoch milliseconds. @default now */
  readonly startTime?: number;
  /** What it goes on from. */
  readonly trace: TraceContext | undefined;
  readonly parent: 'continue' | 'link';
}

/** Opens spans and ends those it opened. */
export interface Spans {
  readonly open: (start: SpanStart) => Span;
  /** @param error a name, never a message: those may quote data. */
  readonly close: (span: Span | undefined, attributes: Attributes, error?: string) => void;
}

export function createSpans(tracer: Tracer): Spans {
  const opened = new WeakMap<Span, OtelSpan>();
  return {
    open: ({ name, trace: origin, parent, startTime, ...start }) => {
      const remote = origin && toSpanContext(origin);
      const goesOn = remote !== undefined && parent === 'continue';
      const base = goesOn ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
      const options = {
        ...start,
        ...(startTime === undefined ? {} : { startTime }),
        ...(remote === undefined || goesOn ? {} : { links: [{ context: remote }] }),
      };
      const made = tracer.startSpan(name, options, base);
      const active = trace.setSpan(base, made);
      const span: Span = {
        context: toTraceContext(made.spanContext()),
        run: (work) => context.with(active, work),
      };
      opened.set(span, made);
      return span;
    },
    close: (span, attributes, error) => {
      const made = span && opened.get(span);
      if (made === undefined) return;
      made.setAttributes(attributes);
      if (error !== undefined) made.setStatus({ code: SpanStatusCode.ERROR, message: error });
      made.end();
    },
  };
}
