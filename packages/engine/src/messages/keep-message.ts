import type { Kernel } from '../kernel.ts';
import { type Message, messageNamespace } from './message-store.ts';

/**
 * Keeps a message in memory until its time to live is over; at once gone if it is over already.
 * @param length of its record, in characters.
 */
export function keepMessage(kernel: Kernel, message: Message, length: number): void {
  const drop = (): void => {
    kernel.messages.remove(message);
    kernel.committer.put(messageNamespace, message.key, null);
  };
  if (message.deadline <= kernel.clock.now()) {
    drop();
    return;
  }
  kernel.messages.add(message, length);
  kernel.due.schedule(message.deadline, drop);
}
