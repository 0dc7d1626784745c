import { setMaxListeners } from 'node:events';
import type { Clock, JobHandler, Worker, WorkerOptions } from '@bpmn-connectors/sdk';
import type { ActivatedJob } from '../gateway/messages.ts';
import { createHands, type Hands } from './create-hands.ts';
import { createJobClock } from './create-job-clock.ts';
import { holdProcess } from './hold-process.ts';
import { type HeldStream, holdStream } from './hold-stream.ts';
import { pause } from './pause.ts';
import { pollJobs } from './poll-jobs.ts';
import { runJob } from './run-job.ts';
import { settleJob } from './settle-job.ts';
import type { WorkerContext } from './worker-context.ts';

interface Wakeable {
  readonly wake: () => void;
  readonly woken: (signal: AbortSignal) => Promise<void>;
}

/** One that waits, woken by whoever sees a reason; a reason that came before is not lost. */
function createWakeable(): Wakeable {
  let called = false;
  let resume: (() => void) | undefined;
  return {
    wake: () => {
      called = true;
      resume?.();
    },
    woken: (signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          signal.removeEventListener('abort', done);
          called = false;
          resume = undefined;
          resolve();
        };
        if (called || signal.aborted) return done();
        resume = done;
        signal.addEventListener('abort', done, { once: true });
      }),
  };
}

/** Milliseconds: what was pushed and not yet taken is read to its end before the stream is left. */
const leaveTimes = { quietMs: 50, mostMs: 500 };

/** Milliseconds in which what was pushed while the stream was paused has been read. */
const catchUpMs = 1000;

/** A job, and when it is handed out again, in epoch milliseconds. */
interface TakenJob {
  readonly activated: ActivatedJob;
  readonly deadline: number;
}

/** Milliseconds that giving jobs back may take. */
const giveBackMs = 2000;

/**
 * Works jobs of a type: pushed by a stream, and polled for those that came up while nothing could be pushed
 * (before the stream, while it was full or lost). Keeps the process alive until it is drained.
 */
export function createWorker(
  context: WorkerContext,
  options: WorkerOptions,
  handler: JobHandler,
): Worker {
  const letGo = holdProcess();
  const leaving = new AbortController();
  const left = new AbortController();
  const stopped = new AbortController();
  // Every job in hand listens to it.
  setMaxListeners(0, stopped.signal);
  const polling = createWakeable();
  const returned: Promise<void>[] = [];
  let stream: HeldStream | undefined;
  let isFull = false;
  let resumedAt = Number.NEGATIVE_INFINITY;
  const jobClock = createJobClock(options.timeoutMs, context.clock);
  const hands: Hands<TakenJob> = createHands(
    options.maxActive,
    (taken) => runJob(context, { ...taken, handler, stopped: stopped.signal }),
    () => {
      if (!isFull) return;
      isFull = false;
      resumedAt = context.clock.now();
      stream?.resume();
      polling.wake();
    },
  );
  const giveBack = (job: ActivatedJob): void => {
    returned.push(returnJob(context, job, stopped.signal));
  };
  const take = (activated: ActivatedJob, deadline: number): void => {
    if (leaving.signal.aborted) {
      giveBack(activated);
      return;
    }
    hands.take({ activated, deadline });
    if (isFull || hands.room() > 0) return;
    isFull = true;
    stream?.pause();
  };
  if (context.jobs.streaming) {
    const takePushed = (job: ActivatedJob): void => {
      const isFresh = !isFull && context.clock.now() - resumedAt >= catchUpMs;
      take(job, isFresh ? jobClock.fresh(job) : jobClock.delayed(job));
    };
    stream = holdStream(context, options, { take: takePushed, onGap: polling.wake }, left.signal);
  }
  const takePolled = (job: ActivatedJob): void => take(job, jobClock.fresh(job));
  const jobs = { take: takePolled, room: () => hands.room(), woken: polling.woken };
  void pollJobs(context, options, jobs, leaving.signal);
  return {
    drain: async (timeoutMs) => {
      leaving.abort();
      for (const { activated } of hands.giveBack()) giveBack(activated);
      const over = new AbortController();
      const late = (ms: number) => pause(ms, context.clock, over.signal);
      await Promise.all([
        leaveStream(stream, returned, context.clock).then(() => left.abort()),
        Promise.race([hands.idle(), late(timeoutMs)]),
      ]);
      await Promise.race([Promise.all(returned), late(giveBackMs)]);
      over.abort();
      stopped.abort();
      letGo();
    },
  };
}

/** Reads what was pushed before we left, which is then given back. */
async function leaveStream(
  stream: HeldStream | undefined,
  returned: readonly Promise<void>[],
  clock: Clock,
): Promise<void> {
  if (stream === undefined) return;
  stream.resume();
  const { signal } = new AbortController();
  const { quietMs, mostMs } = leaveTimes;
  for (let waited = 0; waited < mostMs; waited += quietMs) {
    const before = returned.length;
    await pause(quietMs, clock, signal);
    if (returned.length === before) return;
  }
}

/** A job that was not begun goes to another worker soon, not after its timeout; not at once, or to us. */
function returnJob(context: WorkerContext, job: ActivatedJob, signal: AbortSignal): Promise<void> {
  const deadline = context.clock.now() + giveBackMs;
  const { key, retries } = job;
  const errorMessage = 'The worker stopped before it began this job';
  return settleJob(
    context,
    {
      key,
      result: { action: 'fail', retries, errorMessage, retryBackoffMs: leaveTimes.mostMs },
      deadline: () => deadline,
    },
    signal,
  );
}
