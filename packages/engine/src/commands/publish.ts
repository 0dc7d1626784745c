import type { JsonObject, Outcome, PublishCommand } from '@bpmn-connectors/sdk';
import type { Kernel } from '../kernel.ts';
import { correlateNow } from '../messages/correlate-now.ts';
import { keepMessage } from '../messages/keep-message.ts';
import {
  type Message,
  messageNamespace,
  outcomeOf,
  writeMessage,
} from '../messages/message-store.ts';

/** Publishes a message: correlates it with whoever waits, and keeps it for its time to live. */
export function publish(kernel: Kernel, command: PublishCommand, variables: JsonObject): Outcome {
  const { messageName: name, correlationKey, timeToLiveMs = 0 } = command;
  // As in Zeebe, an empty id is none.
  const id = command.messageId === '' ? undefined : command.messageId;
  const first = id === undefined ? undefined : kernel.messages.withId(name, correlationKey, id);
  if (first !== undefined) return { status: 'duplicate', first: outcomeOf(first) };
  const excess = timeToLiveMs > 0 ? excessOf(kernel) : undefined;
  if (excess !== undefined) {
    return { status: 'unavailable', code: 'BACKPRESSURE', message: excess, retryAfterMs: 5000 };
  }
  const message: Message = {
    key: kernel.keys.next(),
    name,
    correlationKey,
    id,
    variables,
    deadline: kernel.clock.now() + timeToLiveMs,
    served: new Set(),
    firstInstance: undefined,
    trace: command.trace,
  };
  correlateNow(kernel, message);
  if (timeToLiveMs > 0) {
    const record = writeMessage(message);
    // Put first: where the time to live has passed meanwhile, keeping takes it away again.
    kernel.committer.put(messageNamespace, message.key, record);
    keepMessage(kernel, message, record.length);
  }
  return outcomeOf(message);
}

/** Why no further message can be kept. */
function excessOf({ messages, limits }: Kernel): string | undefined {
  if (messages.size() >= limits.keptMessages) {
    return `${limits.keptMessages} messages are kept already`;
  }
  if (messages.length() < limits.keptMessagesLength) return undefined;
  return `The messages that are kept already have ${limits.keptMessagesLength} characters of JSON`;
}
