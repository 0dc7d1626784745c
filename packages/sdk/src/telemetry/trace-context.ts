/** Where in a trace something happens, as in the headers of W3C Trace Context. */
export interface TraceContext {
  /** `00-<trace id>-<span id>-<flags>`. */
  readonly traceparent: string;
  readonly tracestate?: string;
}
