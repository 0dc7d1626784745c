import type { Logger, Telemetry } from '@bpmn-connectors/sdk';

/**
 * Keeps what telemetry throws from what it is told of: a job whose event is on the bus must not fail, and be
 * worked again, because a summary was not taken. The first failure is logged.
 */
export function guardTelemetry(
  telemetry: Telemetry | undefined,
  logger: Logger,
): Telemetry | undefined {
  if (telemetry === undefined) return undefined;
  let isTold = false;
  const failed = (error: unknown): undefined => {
    if (isTold) return;
    isTold = true;
    const name = error instanceof Error ? error.name : 'unknown';
    logger.error({ code: 'TELEMETRY_FAILED', name }, 'Telemetry failed; that is told this once');
  };
  const guarded =
    <Told extends readonly unknown[], Result>(tell: (...told: Told) => Result) =>
    (...told: Told): Result | undefined => {
      try {
        return tell(...told);
      } catch (error) {
        return failed(error);
      }
    };
  return {
    // Its absence says that nobody traces.
    ...(telemetry.deliveryStarted === undefined
      ? {}
      : { deliveryStarted: guarded((start) => telemetry.deliveryStarted?.(start)) }),
    delivery: guarded((summary, span) => telemetry.delivery?.(summary, span)),
    jobStarted: guarded((start) => telemetry.jobStarted?.(start)),
    job: guarded((summary, span) => telemetry.job?.(summary, span)),
  };
}
