import type { TraceContext } from './trace-context.ts';

/** Version, trace id, span id, flags; versions to come may say more behind them (section 3.2.4). */
const pattern =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/;

/** Vendors are to be given this much room (section 3.3.1.5); more is left out. */
const longestState = 512;
const longestParent = 256;

/**
 * Reads the headers `traceparent` and `tracestate` (W3C Trace Context, section 3).
 * @returns undefined where they are absent or malformed: then a trace begins anew, which is never an error.
 */
export function readTraceContext(
  traceparent: string | undefined,
  tracestate: string | undefined,
): TraceContext | undefined {
  if (traceparent === undefined || traceparent.length > longestParent) return undefined;
  const [, version, rest] = pattern.exec(traceparent) ?? [];
  if (version === undefined || (version === '00' && rest !== undefined)) return undefined;
  return tracestate === undefined || tracestate === '' || tracestate.length > longestState
    ? { traceparent }
    : { traceparent, tracestate };
}
