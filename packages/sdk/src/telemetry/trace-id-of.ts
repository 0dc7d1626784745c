import type { TraceContext } from './trace-context.ts';

/** The trace's id, 32 hexadecimal digits: what a log line is found by. */
export const traceIdOf = ({ traceparent }: TraceContext): string => traceparent.slice(3, 35);
