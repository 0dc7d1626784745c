import type { Kernel } from '../kernel.ts';
import { correlateKept } from '../messages/correlate-kept.ts';
import type { Subscription } from '../messages/subscriptions.ts';
import { type ElementInstance, isEmpty } from '../state/process-instance.ts';
import { propagate } from '../state/variables.ts';
import { evaluateOutputs } from './apply-mappings.ts';
import { chooseFlows } from './choose-flows.ts';
import { closeEventStarts } from './close-event-starts.ts';
import { endInstance } from './end-instance.ts';
import { scheduleStep } from './schedule-step.ts';
import { subscribeEventStarts } from './subscribe-event-starts.ts';
import { takeFlow } from './take-flow.ts';
import { leaveElement, terminateChildren } from './terminate-element.ts';

/**
 * Completes an element: output mappings, then its flows. A start event opens what the event sub-processes
 * of its scope wait for, and a scope without tokens closes it. All expressions are evaluated before anything
 * changes, so that an incident leaves the step as it was.
 * @throws {StepError}
 */
export function completeElement(kernel: Kernel, element: ElementInstance): void {
  const outputs = evaluateOutputs(element);
  const flows = chooseFlows(element);
  const subscriptions = subscribeEventStarts(element, outputs);
  const { parent: scope } = element;
  if (scope === undefined) {
    endInstance(kernel, element.instance);
    return;
  }
  propagate(scope, outputs);
  leaveElement(kernel, element);
  openEventStarts(kernel, scope, subscriptions);
  if (element.node.kind === 'terminateEnd') terminateChildren(kernel, scope);
  for (const flow of flows) takeFlow(kernel, flow, scope);
  if (isEmpty(scope)) {
    closeEventStarts(kernel, scope);
    scheduleStep(kernel, scope, 'completing');
  }
  for (const subscription of subscriptions) correlateKept(kernel, subscription);
}

function openEventStarts(
  kernel: Kernel,
  scope: ElementInstance,
  subscriptions: readonly Subscription[],
): void {
  if (subscriptions.length === 0) return;
  scope.subscriptions = [...(scope.subscriptions ?? []), ...subscriptions];
  for (const subscription of subscriptions) kernel.subscriptions.add(subscription);
}
