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
import type { ElementInstance, JobState } from '../state/process-instance.ts';
import { type ActiveWorker, idleOrLate, type Lease, runHandler } from './job-lease.ts';
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

interface JobType {
  readonly queue: JobQueue;
  workers: ActiveWorker[];
}

interface Board extends JobBoardParts {
  readonly types: Map<string, JobType>;
  /** By the key of the job. */
  readonly leases: Map<string, Lease>;
  closed: boolean;
}

export function createJobBoard(parts: JobBoardParts): JobBoard {
  const board: Board = { ...parts, types: new Map(), leases: new Map(), closed: false };
  return {
    offer: (element) => offer(board, element),
    withdraw: (jobKey) => withdraw(board, jobKey),
    work: (options, handler) => work(board, options, handler),
    resume: () => {
      for (const type of board.types.values()) dispatch(board, type);
    },
    close: () => {
      board.closed = true;
      for (const lease of [...board.leases.values()]) abort(board, lease);
    },
  };
}

const typeOf = (board: Board, name: string): JobType =>
  getOrAdd(board.types, name, () => ({ queue: createJobQueue(), workers: [] }));

function offer(board: Board, element: ElementInstance): void {
  const { job } = element;
  if (board.closed || job === undefined || element.gone || board.leases.has(job.key)) return;
  if (job.due > board.clock.now()) {
    board.due.schedule(job.due, () => offer(board, element));
    return;
  }
  const type = typeOf(board, job.type);
  type.queue.push(element);
  dispatch(board, type);
}

function withdraw(board: Board, jobKey: string): void {
  const lease = board.leases.get(jobKey);
  if (lease === undefined) return;
  abort(board, lease);
  // Not now: the engine is in the middle of a step, and a handler is foreign code.
  queueMicrotask(() => dispatch(board, typeOf(board, lease.worker.options.type)));
}

function work(board: Board, options: WorkerOptions, handler: JobHandler): Worker {
  const type = typeOf(board, options.type);
  const worker: ActiveWorker = { options, handler, leases: new Set(), idle: undefined };
  type.workers.push(worker);
  dispatch(board, type);
  return {
    drain: async (timeoutMs) => {
      type.workers = type.workers.filter((other) => other !== worker);
      await idleOrLate(worker, timeoutMs, board.clock);
      for (const lease of [...worker.leases]) giveBack(board, lease);
    },
  };
}

function dispatch(board: Board, type: JobType): void {
  while (!board.closed && board.isUp()) {
    const worker = type.workers.find(({ leases, options }) => leases.size < options.maxActive);
    const element = worker === undefined ? undefined : type.queue.take();
    if (worker === undefined || element?.job === undefined) return;
    // The one that got a job goes to the end, so that workers of one type share.
    if (type.workers.length > 1) {
      type.workers = [...type.workers.filter((other) => other !== worker), worker];
    }
    handOut(board, worker, element, element.job);
  }
}

function handOut(
  board: Board,
  worker: ActiveWorker,
  element: ElementInstance,
  job: JobState,
): void {
  const { timeoutMs, fetchVariables } = worker.options;
  const deadline = board.clock.now() + timeoutMs;
  const lease: Lease = {
    element,
    jobKey: job.key,
    controller: new AbortController(),
    worker,
    cancelDeadline: board.due.schedule(deadline, () => giveBack(board, lease)),
    extend: (extendedMs) => extend(board, lease, extendedMs),
  };
  board.leases.set(job.key, lease);
  worker.leases.add(lease);
  const make = () => makeJob(element, job, deadline, fetchVariables);
  void runHandler(lease, make, board.logger).then((result) => settle(board, lease, result));
}

function settle(board: Board, lease: Lease, result: JobResult): void {
  const { element, jobKey, worker } = lease;
  const current = board.leases.get(jobKey) === lease;
  if (current) endLease(board, lease);
  if (!board.closed) board.settle({ element, jobKey, result, current });
  dispatch(board, typeOf(board, worker.options.type));
}

function extend(board: Board, lease: Lease, timeoutMs: number): boolean {
  if (board.leases.get(lease.jobKey) !== lease) return false;
  lease.cancelDeadline();
  const deadline = board.clock.now() + timeoutMs;
  lease.cancelDeadline = board.due.schedule(deadline, () => giveBack(board, lease));
  return true;
}

/** The worker has had its time: the job goes to the next. */
function giveBack(board: Board, lease: Lease): void {
  abort(board, lease);
  offer(board, lease.element);
}

function abort(board: Board, lease: Lease): void {
  endLease(board, lease);
  lease.controller.abort();
}

function endLease(board: Board, lease: Lease): void {
  lease.cancelDeadline();
  board.leases.delete(lease.jobKey);
  lease.worker.leases.delete(lease);
  if (lease.worker.leases.size === 0) lease.worker.idle?.();
}
