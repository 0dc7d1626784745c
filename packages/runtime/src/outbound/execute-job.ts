import type { Scope } from '@bpmn-connectors/feel';
import type { Job, JobResult, JsonValue } from '@bpmn-connectors/sdk';
import { isContext } from '../expressions/json-kind.ts';
import {
  type Attempt,
  attemptJob,
  type JobEnvironment,
  type WorkingConnector,
} from './attempt-job.ts';
import type { Slots } from './create-slots.ts';
import { errorDecision } from './error-decision.ts';
import { type GrantedTime, grantTime, type JobLease } from './grant-time.ts';
import { errorVariable, type JobFailure, jobFailureOf, timeOver } from './job-failure.ts';
import { headerMs, jobHeader } from './job-headers.ts';
import { maskResult } from './mask-result.ts';

/** How a job ended, and the code of the error where there was one. */
export interface ExecutedJob {
  readonly result: JobResult;
  readonly code?: string;
}

/** What working a job takes, beside what is found out on the way. */
export interface WorkEnvironment extends Omit<JobEnvironment, 'onSecrets' | 'signal'> {
  readonly slots: Slots;
  /** For elements without a header `retryBackoff`. */
  readonly defaultBackoffMs: number | undefined;
}

/** Works a job from its headers to its result. Never rejects. */
export async function executeJob(
  job: Job,
  connector: WorkingConnector,
  lease: JobLease,
  environment: WorkEnvironment,
): Promise<ExecutedJob> {
  let time: GrantedTime | undefined;
  try {
    const backoffMs = headerMs(job.customHeaders, 'retryBackoff') ?? environment.defaultBackoffMs;
    time = await grantTime(job, lease, environment);
    const leave = await environment.slots.take(time.signal);
    if (leave === undefined) return failed(job, jobFailureOf(timeOver()), backoffMs);
    try {
      return await executeInTime(
        job,
        connector,
        { ...environment, signal: time.signal },
        backoffMs,
      );
    } finally {
      leave();
    }
  } catch (error) {
    return failed(job, jobFailureOf(error), undefined);
  } finally {
    time?.end();
  }
}

async function executeInTime(
  job: Job,
  connector: WorkingConnector,
  environment: Omit<JobEnvironment, 'onSecrets'>,
  backoffMs: number | undefined,
): Promise<ExecutedJob> {
  const secretValues: string[] = [];
  const onSecrets = (values: Iterable<string>): void => {
    secretValues.push(...values);
  };
  const ended = ({ result, ...code }: ExecutedJob): ExecutedJob => ({
    result: maskResult(result, secretValues),
    ...code,
  });
  try {
    const source = jobHeader(job.customHeaders, 'errorExpression');
    // Before the work, which could not be ended by an expression that is none.
    const expression = source === undefined ? undefined : environment.compile(source);
    const attempt = await attemptJob(job, connector, { ...environment, onSecrets });
    const decision = expression && errorDecision(expression, scopeOf(job, attempt));
    if (decision !== undefined) return ended(withCode(decision, attempt));
    if (attempt.succeeded) return { result: { action: 'complete', variables: attempt.variables } };
    return ended(failed(job, attempt.failure, backoffMs));
  } catch (error) {
    return ended(failed(job, jobFailureOf(error), undefined));
  }
}

/**
 * The error expression runs after success and failure alike. It sees the mapped variables where there are
 * any, else the response (Camunda's rule); after a failure `error` and the result as far as there is one.
 */
function scopeOf(job: Job, attempt: Attempt): Scope {
  const response = reported(attempt);
  return {
    ...(isContext(response) ? response : {}),
    response,
    job: { retries: job.retries },
  };
}

function reported(attempt: Attempt): JsonValue {
  if (!attempt.succeeded) {
    return { ...attempt.failure.result, error: errorVariable(attempt.failure) };
  }
  return Object.keys(attempt.variables).length > 0 ? attempt.variables : attempt.response;
}

function withCode(result: JobResult, attempt: Attempt): ExecutedJob {
  if (result.action === 'throwError') return { result, code: result.errorCode };
  const code = attempt.succeeded ? undefined : attempt.failure.code;
  return code === undefined || result.action === 'complete' ? { result } : { result, code };
}

function failed(job: Job, failure: JobFailure, backoffMs: number | undefined): ExecutedJob {
  const retries = failure.retryable ? Math.max(0, job.retries - 1) : 0;
  const retryBackoffMs = Math.max(failure.retryAfterMs ?? 0, backoffMs ?? 0);
  return {
    result: {
      action: 'fail',
      retries,
      errorMessage: failure.message,
      ...(retries > 0 && retryBackoffMs > 0 ? { retryBackoffMs } : {}),
      variables: { error: errorVariable(failure) },
    },
    ...(failure.code === undefined ? {} : { code: failure.code }),
  };
}
