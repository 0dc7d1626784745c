import { startInstance } from '../interpreter/start-instance.ts';
import type { Kernel } from '../kernel.ts';
import { deliverMessage } from './deliver-message.ts';
import type { Message } from './message-store.ts';

/** Correlates a message with whoever waits now, once per process: instances first, then message start events. */
export function correlateNow(kernel: Kernel, message: Message): void {
  const { name, correlationKey, variables, served, trace } = message;
  // As in Zeebe, a message without a key only starts instances.
  const waiting = correlationKey === '' ? [] : kernel.subscriptions.match(name, correlationKey);
  for (const subscription of waiting) {
    const { instance } = subscription.element;
    kernel.messages.serve(message, instance.definition.processId, instance.key);
    deliverMessage(kernel, subscription, message);
  }
  for (const { definition, node } of kernel.definitions.messageStarts(name)) {
    const { processId } = definition;
    const locked = correlationKey !== '' && kernel.startLocks.isTaken(processId, correlationKey);
    if (locked || served.has(processId)) continue;
    const startKey = correlationKey === '' ? undefined : correlationKey;
    const begin = { definition, node, variables, startKey, trace };
    kernel.messages.serve(message, processId, startInstance(kernel, begin).key);
  }
}
