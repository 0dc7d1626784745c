import {
  type Clock,
  ConnectorError,
  type ExtendJob,
  type Job,
  type Logger,
} from '@bpmn-connectors/sdk';
import { headerMs } from './job-headers.ts';

/** How an engine has handed in a job. */
export interface JobLease {
  /** Aborts the connector's work; without one it is aborted at the job's deadline. */
  readonly signal?: AbortSignal;
  /** Moves the deadline, where the engine can. */
  readonly extend?: ExtendJob;
}

/** The time that a job has. */
export interface GrantedTime {
  /** Aborts when it is over. */
  readonly signal: AbortSignal;
  /** The job has ended: nothing is left waiting. */
  readonly end: () => void;
}

interface TimeEnvironment {
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The time a job has: what its header `jobTimeout` says, from now on, else what the engine gave it. An engine
 * that can is told; in others the work is aborted when the time is over, and a longer one than the
 * engine's does not keep it from handing the job out again.
 * @throws {ConnectorError} `JOB_TIMEOUT_INVALID` the header is no duration | `JOB_GONE` the job is not in hand
 *   any more.
 */
export async function grantTime(
  job: Job,
  { signal, extend }: JobLease,
  environment: TimeEnvironment,
): Promise<GrantedTime> {
  const timeoutMs = headerMs(job.customHeaders, 'jobTimeout');
  const { clock } = environment;
  if (timeoutMs === undefined) {
    return signal === undefined
      ? abortAfter(job.deadline - clock.now(), signal, clock)
      : { signal, end: nothing };
  }
  const extended = extend !== undefined && (await extendJob(job, extend, timeoutMs, environment));
  return extended && signal !== undefined
    ? { signal, end: nothing }
    : abortAfter(timeoutMs, signal, clock);
}

/** What was asked for in vain is worked all the same (as in Camunda): the job has the time it came with. */
async function extendJob(
  { key, elementId }: Job,
  extend: ExtendJob,
  timeoutMs: number,
  { logger }: TimeEnvironment,
): Promise<boolean> {
  let extended: boolean;
  try {
    extended = await extend(timeoutMs);
  } catch {
    logger.warn({ job: key, elementId }, 'The time of a job could not be changed');
    return false;
  }
  if (extended) return true;
  throw new ConnectorError('JOB_GONE', 'The job was handed out again before its work began', {
    retryable: true,
  });
}

function abortAfter(ms: number, given: AbortSignal | undefined, clock: Clock): GrantedTime {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const cancel = clock.schedule(ms, abort);
  given?.addEventListener('abort', abort);
  if (given?.aborted) abort();
  return {
    signal: controller.signal,
    end: () => {
      cancel();
      given?.removeEventListener('abort', abort);
    },
  };
}

const nothing = (): void => {};
