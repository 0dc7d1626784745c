import type { Kernel } from '../kernel.ts';
import type { ElementInstance } from '../state/process-instance.ts';

/** Lets no message start an event sub-process of a scope any more; its boundary events stay. */
export function closeEventStarts(kernel: Kernel, scope: ElementInstance): void {
  const kept = [];
  for (const subscription of scope.subscriptions ?? []) {
    if (subscription.node.kind === 'eventStart') kernel.subscriptions.remove(subscription);
    else kept.push(subscription);
  }
  scope.subscriptions = kept.length === 0 ? undefined : kept;
}
