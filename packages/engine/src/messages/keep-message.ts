import type { Kernel } from '../kernel.ts';
import { type Message, messageNamespace } from './message-store.ts';

/** Keeps a message in memory until its time to live is over; at once gone if it is over already. */
export function keepMessage(kernel: Kernel, message: Message): void {
  const drop = (): void => {
    kernel.messages.remove(message);
    kernel.committer.put(messageNamespace, message.key, null);
  };
  if (message.deadline <= kernel.clock.now()) {
    drop();
    return;
  }
  kernel.messages.add(message);
  kernel.due.schedule(message.deadline, drop);
}
