import { ConnectorError, type Job, type JobHandler, type JobResult } from '@bpmn-connectors/sdk';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { ActivatedJob } from '../gateway/messages.ts';
import { readJob } from './read-job.ts';
import { settleJob } from './settle-job.ts';
import type { WorkerContext } from './worker-context.ts';

/** A job and who works it. */
export interface JobRun {
  readonly activated: ActivatedJob;
  /** When it is handed out again, in epoch milliseconds. */
  readonly deadline: number;
  readonly handler: JobHandler;
  /** The worker is stopped for good. */
  readonly stopped: AbortSignal;
}

/** A deadline that can be moved, and what it aborts. */
interface Lease {
  readonly deadline: () => number;
  readonly signal: AbortSignal;
  readonly move: (timeoutMs: number) => void;
  readonly end: () => void;
}

function createLease({ clock }: WorkerContext, run: JobRun): Lease {
  const { stopped } = run;
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  let { deadline } = run;
  let cancel = clock.schedule(deadline - clock.now(), abort);
  stopped.addEventListener('abort', abort, { once: true });
  return {
    deadline: () => deadline,
    signal: controller.signal,
    move: (leftMs) => {
      cancel();
      deadline = clock.now() + leftMs;
      cancel = clock.schedule(leftMs, abort);
    },
    end: () => {
      cancel();
      stopped.removeEventListener('abort', abort);
    },
  };
}

/** @throws {ConnectorError} `CAMUNDA8_UNAVAILABLE` the cluster cannot be asked now. */
async function extend(
  { gateway }: WorkerContext,
  jobKey: string,
  timeoutMs: number,
  lease: Lease,
): Promise<boolean> {
  if (lease.signal.aborted) return false;
  try {
    await gateway.updateJobTimeout({ jobKey, timeout: timeoutMs }, { signal: lease.signal });
  } catch (error) {
    if (error instanceof GatewayError && error.status === 'NOT_FOUND') return false;
    throw new ConnectorError('CAMUNDA8_UNAVAILABLE', 'The job cannot be given more time now', {
      retryable: true,
      cause: error,
    });
  }
  lease.move(timeoutMs);
  return true;
}

const failed = (errorMessage: string, retries: number): JobResult => ({
  action: 'fail',
  retries,
  errorMessage,
});

/** Undefined: its time was over before it could be begun. */
async function handle(
  context: WorkerContext,
  run: JobRun,
  lease: Lease,
): Promise<JobResult | undefined> {
  const { activated, handler } = run;
  if (context.clock.now() >= run.deadline) return undefined;
  let job: Job;
  try {
    const { processDefinitionKey, elementId } = activated;
    const inputs = await context.inputsOf(processDefinitionKey, elementId, lease.signal);
    if (lease.signal.aborted) return undefined;
    job = readJob(activated, lease.deadline(), inputs);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return failed(`The variables of the job cannot be read: ${reason}`, 0);
  }
  try {
    return await handler(job, lease.signal, (timeoutMs) =>
      extend(context, job.key, timeoutMs, lease),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    context.logger.error({ jobKey: job.key, reason }, 'A job handler failed');
    return failed('The job handler failed', Math.max(0, job.retries - 1));
  }
}

/** Works one job to its end, and tells the cluster. Never rejects. */
export async function runJob(context: WorkerContext, run: JobRun): Promise<void> {
  const lease = createLease(context, run);
  try {
    const result = await handle(context, run, lease);
    const { key } = run.activated;
    if (result === undefined) {
      context.logger.info(
        { jobKey: key },
        'The time of a job was over before its work: it comes again',
      );
      return;
    }
    await settleJob(context, { key, result, deadline: lease.deadline }, run.stopped);
  } finally {
    lease.end();
  }
}
