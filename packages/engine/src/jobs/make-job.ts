import type { Job } from '@bpmn-connectors/sdk';
import { copyJson } from '../state/copy-json.ts';
import type { ElementInstance, JobState } from '../state/process-instance.ts';
import { visibleVariables } from '../state/variables.ts';

/** The job of an element as a worker gets it. */
export function makeJob(
  element: ElementInstance,
  job: JobState,
  deadline: number,
  fetchVariables: readonly string[] | undefined,
): Job {
  const { instance, node } = element;
  return {
    key: job.key,
    type: job.type,
    processId: instance.definition.processId,
    processInstanceKey: instance.key,
    elementId: node.id,
    elementInstanceKey: element.key,
    retries: job.retries,
    deadline,
    // The worker is foreign code: what it changes in them is not the process's.
    variables: copyJson(visibleVariables(element, fetchVariables)),
    customHeaders: node.job?.headers ?? {},
    inputs: node.job?.inputs ?? {},
    ...(instance.trace === undefined ? {} : { trace: instance.trace }),
  };
}
