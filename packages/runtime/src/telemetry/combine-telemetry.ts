import type { Span, Telemetry } from '@bpmn-connectors/sdk';

/**
 * Tells several what happens. The first that opens a span has it around the work; the others are given
 * summaries alone.
 * @example
 * createConnectorRuntime({ telemetry: combineTelemetry(metrics, openTelemetry({ tracer })), … });
 */
export function combineTelemetry(...parts: readonly Telemetry[]): Telemetry {
  const openers = parts.filter((part) => part.deliveryStarted !== undefined);
  return {
    ...(openers.length === 0
      ? {}
      : {
          deliveryStarted: (start) =>
            firstSpan(openers.map((part) => part.deliveryStarted?.(start))),
        }),
    delivery: (summary, span) => {
      for (const part of parts) part.delivery?.(summary, span);
    },
    jobStarted: (start) => firstSpan(parts.map((part) => part.jobStarted?.(start))),
    job: (summary, span) => {
      for (const part of parts) part.job?.(summary, span);
    },
  };
}

const firstSpan = (spans: readonly (Span | undefined)[]): Span | undefined =>
  spans.find((span) => span !== undefined);
