import type { Logger, Telemetry } from '@bpmn-connectors/sdk';

const lowestFailure = 400;

/**
 * Writes a line for each delivery and each job: names and keys, never payload. What was answered with an error,
 * and a job that failed, are warnings.
 */
export function createEventLog(logger: Logger): Telemetry {
  return {
    delivery: ({ id, at: _at, ...summary }) => {
      const level = (summary.status ?? 0) >= lowestFailure ? 'warn' : 'info';
      logger[level]({ delivery: id, ...summary }, 'Delivery');
    },
    job: (summary) => {
      logger[summary.action === 'fail' ? 'warn' : 'info']({ ...summary }, 'Job');
    },
  };
}
