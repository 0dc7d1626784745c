import type { WorkerOptions } from '@bpmn-connectors/sdk';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { ActivatedJob, ActivateJobsRequest } from '../gateway/messages.ts';
import { backoff } from './backoff.ts';
import { pause } from './pause.ts';
import { requestOf } from './request-of.ts';
import type { WorkerContext } from './worker-context.ts';

/** Where polled jobs go. */
export interface PolledJobs {
  /** How many more may come. */
  readonly room: () => number;
  readonly take: (job: ActivatedJob) => void;
  /** Resolves when there may be room, or something else makes it worth looking. */
  readonly woken: (signal: AbortSignal) => Promise<void>;
}

/** Milliseconds that the cluster waits for a job before it answers with none. */
const longPollMs = 10_000;

/** Milliseconds in which more hands may come free, so that quick jobs are not fetched one by one. */
const gatherMs = 10;

/** How many jobs to ask for, by how the last requests went. */
interface Pace {
  most: number;
  failures: number;
}

/**
 * Asks for jobs until `signal` aborts: at once while there are more, then after a pause. Under backpressure
 * it asks for half as many, and for one more after each request that succeeds.
 */
export async function pollJobs(
  context: WorkerContext,
  options: WorkerOptions,
  jobs: PolledJobs,
  signal: AbortSignal,
): Promise<void> {
  const pace: Pace = { most: options.maxActive, failures: 0 };
  while (!signal.aborted) {
    const room = Math.min(pace.most, await roomOf(jobs, options, context, signal));
    if (room === 0 || signal.aborted) continue;
    const answer = await ask(context, options, room, signal);
    if (answer instanceof GatewayError) {
      if (!signal.aborted) await slowDown(context, options, pace, answer, signal);
      continue;
    }
    speedUp(context, options, pace);
    for (const job of answer) jobs.take(job);
    if (answer.length === 0) await either(jobs, context.jobs.pollIntervalMs, context, signal);
  }
}

/** None when something else woke it. */
async function roomOf(
  { room, woken }: PolledJobs,
  { maxActive }: WorkerOptions,
  { clock }: WorkerContext,
  signal: AbortSignal,
): Promise<number> {
  if (room() === 0) await woken(signal);
  if (room() < maxActive / 2) await pause(gatherMs, clock, signal);
  return room();
}

async function slowDown(
  { clock, logger }: WorkerContext,
  { type }: WorkerOptions,
  pace: Pace,
  { status, message: reason }: GatewayError,
  signal: AbortSignal,
): Promise<void> {
  pace.failures += 1;
  if (status === 'RESOURCE_EXHAUSTED') pace.most = Math.max(1, Math.floor(pace.most / 2));
  if (pace.failures === 1) logger.warn({ type, status, reason }, 'Jobs cannot be fetched now');
  await pause(backoff(pace.failures, 200, 10_000), clock, signal);
}

function speedUp({ logger }: WorkerContext, { type, maxActive }: WorkerOptions, pace: Pace): void {
  if (pace.failures > 0) logger.info({ type }, 'Jobs are fetched again');
  pace.failures = 0;
  pace.most = Math.min(maxActive, pace.most + 1);
}

async function ask(
  context: WorkerContext,
  options: WorkerOptions,
  room: number,
  signal: AbortSignal,
): Promise<readonly ActivatedJob[] | GatewayError> {
  const request: ActivateJobsRequest = {
    ...requestOf(context, options),
    maxJobsToActivate: room,
    // Beside a stream there is nothing to wait for: new jobs are pushed.
    requestTimeout: context.jobs.streaming ? -1 : longPollMs,
  };
  try {
    return await context.gateway.activateJobs(request, { timeoutMs: longPollMs, signal });
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}

/** Until the pause is over or something wakes it. */
async function either(
  jobs: PolledJobs,
  ms: number,
  { clock }: WorkerContext,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const end = (): void => over.abort();
  // `AbortSignal.any` would leave a trace of each request at a signal that lives as long as the worker.
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  await Promise.race([pause(ms, clock, over.signal), jobs.woken(over.signal)]);
  signal.removeEventListener('abort', end);
  end();
}
