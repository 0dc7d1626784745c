import type { Kernel } from '../kernel.ts';
import { type ElementInstance, removeElement } from '../state/process-instance.ts';
import { dropIncident } from './incidents.ts';

/** Ends an element and all in it, whatever it was doing. What is on its way to it then vanishes. */
export function terminateElement(kernel: Kernel, element: ElementInstance): void {
  terminateChildren(kernel, element);
  leaveElement(kernel, element);
}

/** Ends everything in a scope. */
export function terminateChildren(kernel: Kernel, scope: ElementInstance): void {
  for (const child of scope.children ?? []) terminateElement(kernel, child);
  scope.joins = undefined;
}

/** Takes an element out, with its subscriptions, job and incident. */
export function leaveElement(kernel: Kernel, element: ElementInstance): void {
  for (const subscription of element.subscriptions ?? []) kernel.subscriptions.remove(subscription);
  element.subscriptions = undefined;
  if (element.job !== undefined) kernel.jobs.withdraw(element.job.key);
  element.job = undefined;
  dropIncident(kernel, element);
  removeElement(element);
  kernel.committer.touch(element.instance);
}
