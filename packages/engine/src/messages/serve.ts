import type { Message } from './message-store.ts';

/** Notes that a message correlated with an instance of a process; it does so once per process. */
export function serve(message: Message, processId: string, instanceKey: string): void {
  message.served.add(processId);
  message.firstInstance ??= instanceKey;
}
