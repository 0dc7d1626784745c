import type { Node } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import { correlateKept } from '../messages/correlate-kept.ts';
import type { Subscription } from '../messages/subscriptions.ts';
import type { ElementInstance, JobState } from '../state/process-instance.ts';
import { scopeOf } from '../state/variables.ts';
import { acceptVariables } from './accept-variables.ts';
import { applyInputs } from './apply-mappings.ts';
import { evaluateCount, evaluateText } from './evaluate.ts';
import { scheduleStep } from './schedule-step.ts';
import { StepError } from './step-error.ts';
import { subscribe } from './subscribe.ts';
import { enterNode } from './take-flow.ts';
import { throwError } from './throw-error.ts';

/**
 * Enters an element: input mappings, then what its kind does. Everything is evaluated before anything but
 * the element's own variables changes.
 * @throws {StepError}
 */
export function enterElement(kernel: Kernel, element: ElementInstance): void {
  const { node } = element;
  applyInputs(element);
  if (node.kind === 'errorEnd') {
    throwFromEnd(kernel, element);
    return;
  }
  const job = node.job === undefined ? undefined : makeJob(kernel, element);
  const subscriptions = makeSubscriptions(element);
  if (job === undefined && node.kind !== 'catch' && node.start === undefined) {
    scheduleStep(kernel, element, 'completing');
    return;
  }
  element.state = 'active';
  element.job = job;
  element.subscriptions = subscriptions.length === 0 ? undefined : subscriptions;
  for (const subscription of subscriptions) kernel.subscriptions.add(subscription);
  if (node.start !== undefined) enterStart(kernel, element, node.start);
  kernel.committer.touch(element.instance);
  if (job !== undefined) kernel.committer.after(() => kernel.jobs.offer(element));
  for (const subscription of subscriptions) correlateKept(kernel, subscription);
}

/** The variables of the event that started an event sub-process are its start event's, after its inputs. */
function enterStart(kernel: Kernel, element: ElementInstance, start: Node): void {
  const begin = enterNode(kernel, start, element);
  if (element.trigger !== undefined) acceptVariables(begin, element.trigger);
  element.trigger = undefined;
}

function makeJob(kernel: Kernel, element: ElementInstance): JobState | undefined {
  const { job } = element.node;
  if (job === undefined) return undefined;
  const scope = scopeOf(element);
  return {
    type: evaluateText(job.type, scope, 'job type'),
    retries: evaluateCount(job.retries, scope, 'number of retries'),
    key: kernel.keys.next(),
    due: 0,
    queued: false,
  };
}

function makeSubscriptions(element: ElementInstance): Subscription[] {
  const { node } = element;
  const own = node.kind === 'catch' ? subscribe(element, node, scopeOf(element)) : [];
  // A boundary event's key is evaluated in the scope around its activity, as in Zeebe.
  const around = scopeOf(element.parent);
  return [...own, ...node.boundaries.flatMap((boundary) => subscribe(element, boundary, around))];
}

function throwFromEnd(kernel: Kernel, element: ElementInstance): void {
  const code = element.node.error?.code ?? '';
  if (throwError(kernel, element, code, {})) return;
  const message = `The error '${code}' was thrown and nothing catches it`;
  throw new StepError('UNHANDLED_ERROR_EVENT', message);
}
