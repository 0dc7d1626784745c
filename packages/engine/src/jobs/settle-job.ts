import type { FailJob, JsonObject, ThrowError } from '@bpmn-connectors/sdk';
import { plainVariables } from '../commands/plain-variables.ts';
import { acceptVariables } from '../interpreter/accept-variables.ts';
import { raiseIncident } from '../interpreter/incidents.ts';
import { scheduleStep } from '../interpreter/schedule-step.ts';
import { throwError } from '../interpreter/throw-error.ts';
import type { Kernel } from '../kernel.ts';
import type { ElementInstance, JobState } from '../state/process-instance.ts';
import { setLocal } from '../state/variables.ts';
import type { Settlement } from './settlement.ts';

/**
 * Applies the result of a job. One that is gone, or has an incident, takes no result; one that was handed
 * out again takes a completion or error from whoever is first, but a failure only from who has it now.
 */
export function settleJob(kernel: Kernel, settlement: Settlement): void {
  const { element, jobKey, result, current } = settlement;
  const { job, node } = element;
  const stale = !current && result.action === 'fail';
  if (element.gone || job?.key !== jobKey || element.incident !== undefined || stale) {
    kernel.logger.debug({ jobKey, elementId: node.id }, 'Result dropped: the job is gone');
    return;
  }
  const variables = plainVariables(result.variables ?? {}, kernel.limits.variablesLength);
  element.instance.stepsSinceInput = 0;
  if (typeof variables === 'string') {
    const message = `The variables of the job's result are ${variables}`;
    raiseIncident(kernel, element, 'MESSAGE_SIZE_EXCEEDED', message);
  } else if (result.action === 'complete') {
    kernel.jobs.withdraw(jobKey);
    element.job = undefined;
    acceptVariables(element, variables);
    scheduleStep(kernel, element, 'completing');
  } else if (result.action === 'fail') {
    failJob(kernel, element, job, result, variables);
  } else {
    throwFromJob(kernel, element, result, variables);
  }
}

function failJob(
  kernel: Kernel,
  element: ElementInstance,
  job: JobState,
  result: FailJob,
  variables: JsonObject,
): void {
  setLocal(element, variables);
  job.retries = Math.max(0, Math.trunc(result.retries));
  if (job.retries === 0) {
    raiseIncident(kernel, element, 'JOB_NO_RETRIES', result.errorMessage);
    return;
  }
  job.due = kernel.clock.now() + Math.max(0, result.retryBackoffMs ?? 0);
  kernel.committer.touch(element.instance);
  kernel.committer.after(() => kernel.jobs.offer(element));
}

function throwFromJob(
  kernel: Kernel,
  element: ElementInstance,
  { errorCode, errorMessage }: ThrowError,
  variables: JsonObject,
): void {
  if (throwError(kernel, element, errorCode, variables)) return;
  const reason = errorMessage === undefined ? '' : ` (${errorMessage})`;
  const message = `The error '${errorCode}'${reason} was thrown and nothing catches it`;
  raiseIncident(kernel, element, 'UNHANDLED_ERROR_EVENT', message);
}
