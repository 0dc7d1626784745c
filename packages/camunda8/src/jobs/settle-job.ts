import type { JobResult } from '@bpmn-connectors/sdk';
import { isTooLarge } from '../commands/outcome-of.ts';
import { GatewayError, type GrpcStatusName, grpcStatus } from '../gateway/gateway-error.ts';
import { backoff } from './backoff.ts';
import { endJob } from './end-job.ts';
import { pause } from './pause.ts';
import type { WorkerContext } from './worker-context.ts';

/** A job whose end is to be told. */
export interface EndedJob {
  readonly key: string;
  readonly result: JobResult;
  /** When it is handed out again, in epoch milliseconds. */
  readonly deadline: () => number;
}

/** The job is gone: completed elsewhere, timed out, or its instance was cancelled. */
const gone = new Set<GrpcStatusName>(['NOT_FOUND', 'FAILED_PRECONDITION']);

/** Can never be taken as it is. */
const refused = new Set<GrpcStatusName>([
  'INVALID_ARGUMENT',
  'OUT_OF_RANGE',
  'PERMISSION_DENIED',
  'UNIMPLEMENTED',
]);

const sizeOf = ({ variables }: JobResult): number =>
  variables === undefined ? 0 : JSON.stringify(variables).length;

/** What is told instead of a result that the cluster does not take: an incident that says why. */
const asFailure = (message: string): JobResult => ({
  action: 'fail',
  retries: 0,
  errorMessage: `The cluster does not take the result of the job: ${message}`,
});

/** What to tell after a refusal; undefined where there is nothing left to tell. */
function next(
  { logger }: WorkerContext,
  { key, result }: EndedJob,
  { status, message }: GatewayError,
): JobResult | undefined {
  if (result.action === 'fail' && result.variables === undefined) {
    logger.error({ jobKey: key, status, reason: message }, 'A job cannot be failed');
    return undefined;
  }
  return asFailure(message || `${sizeOf(result)} bytes of variables are too many`);
}

/** Waits for another attempt; false where there is to be none. */
async function waitFor(
  { clock, logger }: WorkerContext,
  { key, deadline }: EndedJob,
  { attempt, status }: { readonly attempt: number; readonly status: GrpcStatusName },
  signal: AbortSignal,
): Promise<boolean> {
  await pause(backoff(attempt, 100, 5000), clock, signal);
  if (!signal.aborted && clock.now() < deadline()) return true;
  logger.warn({ jobKey: key, status }, 'The end of a job could not be told: it comes again');
  return false;
}

/**
 * Tells the cluster how a job ended, again and again while it cannot be reached and the job is ours. A result
 * that can never be taken becomes an incident. After the deadline the job is handed out again anyway.
 */
export async function settleJob(
  context: WorkerContext,
  job: EndedJob,
  signal: AbortSignal,
): Promise<void> {
  const { gateway, logger } = context;
  const { key, result } = job;
  for (let attempt = 1; ; attempt++) {
    const error = await endJob(gateway, key, result, { signal }).catch(asGatewayError);
    if (error === undefined) return;
    const { status } = error;
    if (gone.has(status)) {
      logger.info({ jobKey: key, status }, 'A job is no longer ours: its result is dropped');
      return;
    }
    if (refused.has(status) || isTooLarge(error, sizeOf(result))) {
      const instead = next(context, job, error);
      if (instead === undefined) return;
      return settleJob(context, { ...job, result: instead }, signal);
    }
    if (!(await waitFor(context, job, { attempt, status }, signal))) return;
  }
}

/** What is no answer of the gateway is a result that cannot be written: it would fail each time. */
function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const reason = error instanceof Error ? error.message : 'unknown';
  return new GatewayError(grpcStatus.INVALID_ARGUMENT, reason, error);
}
