import { acceptVariables } from '../interpreter/accept-variables.ts';
import { scheduleStep } from '../interpreter/schedule-step.ts';
import { triggerEvent } from '../interpreter/trigger-event.ts';
import type { Kernel } from '../kernel.ts';
import type { Message } from './message-store.ts';
import type { Subscription } from './subscriptions.ts';

/** Gives a message to a subscription: the element that waits completes, or the event on or in it happens. */
export function deliverMessage(
  kernel: Kernel,
  subscription: Subscription,
  { variables, trace }: Message,
): void {
  const { element, node } = subscription;
  element.instance.stepsSinceInput = 0;
  element.instance.trace = trace ?? element.instance.trace;
  if (node !== element.node) {
    triggerEvent(kernel, element, node, variables);
    return;
  }
  kernel.subscriptions.remove(subscription);
  element.subscriptions = element.subscriptions?.filter((at) => at !== subscription);
  acceptVariables(element, variables);
  scheduleStep(kernel, element, 'completing');
}
