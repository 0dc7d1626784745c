import type { Node } from '../compile/compiled-process.ts';
import { startInstance } from '../interpreter/start-instance.ts';
import type { Kernel } from '../kernel.ts';
import { type Message, messageNamespace, writeMessage } from './message-store.ts';

/** The instance of a correlation key ended: the oldest kept message of that key starts the next one. */
export function startFromKept(kernel: Kernel, processId: string, startKey: string): void {
  const definition = kernel.definitions.latest(processId);
  let oldest: { readonly message: Message; readonly node: Node } | undefined;
  for (const { name, node } of definition?.process.messageStarts ?? []) {
    const message = kernel.messages.oldestFor(name, startKey, processId);
    if (message === undefined) continue;
    if (oldest === undefined || message.key < oldest.message.key) oldest = { message, node };
  }
  if (definition === undefined || oldest === undefined) return;
  const { message, node } = oldest;
  const { variables, trace } = message;
  const { key } = startInstance(kernel, { definition, node, variables, startKey, trace });
  kernel.messages.serve(message, processId, key);
  kernel.committer.put(messageNamespace, message.key, writeMessage(message));
}
