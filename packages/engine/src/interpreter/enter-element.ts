import type { MessageTemplate, Node } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import { correlateKept } from '../messages/correlate-kept.ts';
import type { Subscription } from '../messages/subscriptions.ts';
import type { ElementInstance, JobState } from '../state/process-instance.ts';
import { scopeOf } from '../state/variables.ts';
import { applyInputs } from './apply-mappings.ts';
import { evaluateCount, evaluateText } from './evaluate.ts';
import { scheduleStep } from './schedule-step.ts';
import { StepError } from './step-error.ts';
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
  if (job === undefined && node.kind !== 'catch' && node.kind !== 'subProcess') {
    scheduleStep(kernel, element, 'completing');
    return;
  }
  element.state = 'active';
  element.job = job;
  element.subscriptions = subscriptions.length === 0 ? undefined : subscriptions;
  for (const subscription of subscriptions) kernel.subscriptions.add(subscription);
  if (node.start !== undefined) enterNode(kernel, node.start, element);
  kernel.committer.touch(element.instance);
  if (job !== undefined) kernel.committer.after(() => kernel.jobs.offer(element));
  for (const subscription of subscriptions) correlateKept(kernel, subscription);
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
  const own = node.kind === 'catch' ? subscribe(element, node, element) : [];
  return [
    ...own,
    ...node.boundaries.flatMap((boundary) => subscribe(element, boundary, element.parent)),
  ];
}

/** A boundary event's key is evaluated in the scope around its activity, as in Zeebe. */
function subscribe(
  element: ElementInstance,
  node: Node,
  from: ElementInstance | undefined,
): readonly Subscription[] {
  const message: MessageTemplate | undefined = node.message;
  if (message?.correlationKey === undefined) return [];
  const scope = scopeOf(from);
  const name = evaluateText(message.name, scope, `message name of ${node.id}`);
  const what = `correlation key of ${node.id}`;
  const correlationKey = evaluateText(message.correlationKey, scope, what);
  return [{ element, node, name, correlationKey }];
}

function throwFromEnd(kernel: Kernel, element: ElementInstance): void {
  const code = element.node.error?.code ?? '';
  if (throwError(kernel, element, code, {})) return;
  const message = `The error '${code}' was thrown and nothing catches it`;
  throw new StepError('UNHANDLED_ERROR_EVENT', message);
}
