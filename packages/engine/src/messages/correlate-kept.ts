import type { Kernel } from '../kernel.ts';
import { deliverMessage } from './deliver-message.ts';
import { messageNamespace, writeMessage } from './message-store.ts';
import type { Subscription } from './subscriptions.ts';

/** A subscription was opened: kept messages that have not yet served its process come in, oldest first. */
export function correlateKept(kernel: Kernel, subscription: Subscription): void {
  const { element, node, name, correlationKey } = subscription;
  const { definition, key } = element.instance;
  if (correlationKey === '') return;
  const goesOn = node !== element.node && !node.interrupting;
  do {
    // What came in before may have ended the element, or closed this subscription of it.
    const isOpen = element.subscriptions?.includes(subscription) === true;
    if (!isOpen || element.state !== 'active') return;
    const message = kernel.messages.oldestFor(name, correlationKey, definition.processId);
    if (message === undefined) return;
    kernel.messages.serve(message, definition.processId, key);
    kernel.committer.put(messageNamespace, message.key, writeMessage(message));
    deliverMessage(kernel, subscription, message);
  } while (goesOn);
}
