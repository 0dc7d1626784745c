import { dropIncident } from '../interpreter/incidents.ts';
import type { StepRunner } from '../interpreter/run-steps.ts';
import type { Kernel } from '../kernel.ts';

/**
 * Tries the stopped step again: entering or completing the element, or its job, which gets one more
 * attempt if it has none left. False: there is no such incident.
 */
export async function resolveIncident(
  kernel: Kernel,
  runner: StepRunner,
  key: string,
): Promise<boolean> {
  const element = kernel.incidents.get(key);
  if (element === undefined) return false;
  dropIncident(kernel, element);
  element.instance.stepsSinceInput = 0;
  kernel.committer.touch(element.instance);
  if (element.state !== 'active') {
    kernel.steps.push(element);
  } else if (element.job !== undefined) {
    element.job.retries = Math.max(1, element.job.retries);
    element.job.due = 0;
    kernel.committer.after(() => kernel.jobs.offer(element));
  }
  runner.run();
  await kernel.committer.durable();
  return true;
}
