import type { Clock, JobHandler, JobResult, Logger, WorkerOptions } from '@bpmn-connectors/sdk';
import type { ElementInstance } from '../state/process-instance.ts';
import { isJobResult } from './is-job-result.ts';

/** A worker that takes jobs. */
export interface ActiveWorker {
  readonly options: WorkerOptions;
  readonly handler: JobHandler;
  readonly leases: Set<Lease>;
  /** Told when nothing is in hand any more. */
  idle: (() => void) | undefined;
}

/** A job in the hands of a worker. */
export interface Lease {
  readonly element: ElementInstance;
  readonly jobKey: string;
  readonly controller: AbortController;
  readonly worker: ActiveWorker;
  cancelDeadline: () => void;
  /** Moves the deadline; false where the job was taken back. */
  readonly extend: (timeoutMs: number) => boolean;
}

/**
 * A handler that throws has failed its job; its message may hold anything, so that only its name is told.
 * One that gives no result of a job has failed it too.
 */
export async function runHandler(
  { element, worker, controller, extend }: Lease,
  makeJob: () => Parameters<JobHandler>[0],
  logger: Logger,
): Promise<JobResult> {
  const fields = { type: worker.options.type, elementId: element.node.id };
  const failed = (errorMessage: string): JobResult => ({
    action: 'fail',
    retries: (element.job?.retries ?? 1) - 1,
    errorMessage,
  });
  try {
    const result: unknown = await worker.handler(makeJob(), controller.signal, async (timeoutMs) =>
      extend(timeoutMs),
    );
    if (isJobResult(result)) return result;
    logger.error(fields, 'Worker gave no job result');
    return failed(
      "The worker gave no job result: { action: 'complete' }, 'fail' with retries and errorMessage, or 'throwError' with errorCode",
    );
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    logger.error({ ...fields, name }, 'Worker threw');
    return failed(`The worker threw ${name}`);
  }
}

/** Waits until a worker has nothing in hand, at most so long. */
export async function idleOrLate(
  worker: ActiveWorker,
  timeoutMs: number,
  clock: Clock,
): Promise<void> {
  if (worker.leases.size === 0) return;
  await new Promise<void>((resolve) => {
    const cancel = clock.schedule(timeoutMs, resolve);
    worker.idle = () => {
      cancel();
      resolve();
    };
  });
}
