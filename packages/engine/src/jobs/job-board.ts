import type {
  Clock,
  JobHandler,
  JobResult,
  Logger,
  Worker,
  WorkerOptions,
} from '@bpmn-connectors/sdk';
import type { DueQueue } from '../state/due-queue.ts';
import { getOrAdd } from '../state/get-or-add.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import { createJobQueue, type JobQueue } from './job-queue.ts';
import { makeJob } from './make-job.ts';
import type { Settlement } from './settlement.ts';

/** Hands jobs to workers. What it holds is not stored: after a restart every open job is offered again. */
export interface JobBoard {
  /** The job of an element may be handed out, from its due time on. */
  offer(element: ElementInstance): void;
  /** A job is gone: whoever has it in hand is told by its signal. */
  withdraw(jobKey: string): void;
  work(options: WorkerOptions, handler: JobHandler): Worker;
  /** `isUp` has become true: hands out what waits. */
  resume(): void;
  /** Hands out nothing more and aborts what is in hand. */
  close(): void;
}

/** What a job board works with. */
export interface JobBoardParts {
  readonly clock: Clock;
  readonly due: DueQueue;
  readonly logger: Logger;
  /** Whether jobs may be handed out at all. */
  readonly isUp: () => boolean;
  readonly settle: (settlement: Settlement) => void;
}

interface ActiveWorker {
  readonly options: WorkerOptions;
  readonly handler: JobHandler;
  readonly leases: Set<Lease>;
  /** Told when nothing is in hand any more. */
  idle: (() => void) | undefined;
}

interface Lease {
  readonly element: ElementInstance;
  readonly jobKey: string;
  readonly controller: AbortController;
  readonly worker: ActiveWorker;
  cancelDeadline: () => void;
}

interface JobType {
  readonly queue: JobQueue;
  workers: ActiveWorker[];
}

export function createJobBoard(parts: JobBoardParts): JobBoard {
  const types = new Map<string, JobType>();
  const leases = new Map<string, Lease>();
  let closed = false;
  const typeOf = (name: string): JobType =>
    getOrAdd(types, name, () => ({ queue: createJobQueue(), workers: [] }));

  const offer = (element: ElementInstance): void => {
    const { job } = element;
    if (closed || job === undefined || element.gone || leases.has(job.key)) return;
    if (job.due > parts.clock.now()) {
      parts.due.schedule(job.due, () => offer(element));
      return;
    }
    const type = typeOf(job.type);
    type.queue.push(element);
    dispatch(type);
  };

  const dispatch = (type: JobType): void => {
    while (!closed && parts.isUp()) {
      const worker = type.workers.find(({ leases, options }) => leases.size < options.maxActive);
      const element = worker === undefined ? undefined : type.queue.take();
      if (worker === undefined || element === undefined) return;
      // The one that got a job goes to the end, so that workers of one type share.
      if (type.workers.length > 1) {
        type.workers = [...type.workers.filter((other) => other !== worker), worker];
      }
      handOut(worker, element);
    }
  };

  const handOut = (worker: ActiveWorker, element: ElementInstance): void => {
    const { job } = element;
    if (job === undefined) return;
    const { timeoutMs, fetchVariables } = worker.options;
    const deadline = parts.clock.now() + timeoutMs;
    const controller = new AbortController();
    const lease: Lease = { element, jobKey: job.key, controller, worker, cancelDeadline: () => {} };
    lease.cancelDeadline = parts.due.schedule(deadline, () => {
      endLease(lease);
      controller.abort();
      offer(element);
    });
    leases.set(job.key, lease);
    worker.leases.add(lease);
    void runHandler(parts, lease, () => makeJob(element, job, deadline, fetchVariables)).then(
      (result) => settle(lease, result),
    );
  };

  const settle = (lease: Lease, result: JobResult): void => {
    const current = leases.get(lease.jobKey) === lease;
    if (current) endLease(lease);
    const { element, jobKey } = lease;
    if (!closed) parts.settle({ element, jobKey, result, current });
    dispatch(typeOf(lease.worker.options.type));
  };

  const endLease = (lease: Lease): void => {
    lease.cancelDeadline();
    leases.delete(lease.jobKey);
    lease.worker.leases.delete(lease);
    if (lease.worker.leases.size === 0) lease.worker.idle?.();
  };

  const giveBack = (worker: ActiveWorker): void => {
    for (const lease of worker.leases) {
      endLease(lease);
      lease.controller.abort();
      offer(lease.element);
    }
  };

  return {
    offer,
    withdraw: (jobKey) => {
      const lease = leases.get(jobKey);
      if (lease === undefined) return;
      endLease(lease);
      lease.controller.abort();
      // Not now: the engine is in the middle of a step, and a handler is foreign code.
      queueMicrotask(() => dispatch(typeOf(lease.worker.options.type)));
    },
    work: (options, handler) => {
      const type = typeOf(options.type);
      const worker: ActiveWorker = {
        options,
        handler,
        leases: new Set(),
        idle: undefined,
      };
      type.workers.push(worker);
      dispatch(type);
      return {
        drain: async (timeoutMs) => {
          type.workers = type.workers.filter((other) => other !== worker);
          await idleOrLate(worker, timeoutMs, parts.clock);
          giveBack(worker);
        },
      };
    },
    resume: () => {
      for (const type of types.values()) dispatch(type);
    },
    close: () => {
      closed = true;
      for (const lease of leases.values()) {
        lease.cancelDeadline();
        lease.controller.abort();
      }
      leases.clear();
    },
  };
}

/** A handler that throws has failed its job; its message may hold anything, so that only its name is told. */
async function runHandler(
  { logger }: JobBoardParts,
  { element, worker, controller }: Lease,
  makeJob: () => Parameters<JobHandler>[0],
): Promise<JobResult> {
  try {
    return await worker.handler(makeJob(), controller.signal);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    logger.error({ type: worker.options.type, elementId: element.node.id, name }, 'Worker threw');
    const retries = (element.job?.retries ?? 1) - 1;
    return { action: 'fail', retries, errorMessage: `The worker threw ${name}` };
  }
}

async function idleOrLate(worker: ActiveWorker, timeoutMs: number, clock: Clock): Promise<void> {
  if (worker.leases.size === 0) return;
  await new Promise<void>((resolve) => {
    const cancel = clock.schedule(timeoutMs, resolve);
    worker.idle = () => {
      cancel();
      resolve();
    };
  });
}
