import type { Accepted, Correlated, JsonObject, TraceContext } from '@bpmn-connectors/sdk';
import { getOrAdd } from '../state/get-or-add.ts';

/** Where kept messages are stored, by their key. */
export const messageNamespace = 'engine.message';

/** A message that is kept until its time to live is over. */
export interface Message {
  readonly key: string;
  readonly name: string;
  readonly correlationKey: string;
  readonly id: string | undefined;
  readonly variables: JsonObject;
  /** Epoch milliseconds at which it is dropped. */
  readonly deadline: number;
  /** Ids of the processes it has correlated with: once each, whatever the version. */
  readonly served: Set<string>;
  /** Instance of the first correlation. */
  firstInstance: string | undefined;
  readonly trace: TraceContext | undefined;
}

/** Kept messages by name and correlation key, oldest first, and by id. */
export interface MessageStore {
  add(message: Message): void;
  remove(message: Message): void;
  /** The kept message of this name, key and id. */
  withId(name: string, correlationKey: string, id: string): Message | undefined;
  /** The oldest message that has not yet served a process. */
  oldestFor(name: string, correlationKey: string, processId: string): Message | undefined;
  size(): number;
}

interface Kept {
  readonly messages: Set<Message>;
  readonly byId: Map<string, Message>;
}

export function createMessageStore(): MessageStore {
  const byName = new Map<string, Map<string, Kept>>();
  let size = 0;
  const find = (name: string, key: string): Kept | undefined => byName.get(name)?.get(key);
  return {
    add: (message) => {
      const byKey = getOrAdd(byName, message.name, () => new Map<string, Kept>());
      const make = (): Kept => ({ messages: new Set(), byId: new Map() });
      const kept = getOrAdd(byKey, message.correlationKey, make);
      kept.messages.add(message);
      if (message.id !== undefined) kept.byId.set(message.id, message);
      size += 1;
    },
    remove: (message) => {
      const kept = find(message.name, message.correlationKey);
      if (kept?.messages.delete(message) !== true) return;
      if (message.id !== undefined) kept.byId.delete(message.id);
      size -= 1;
      if (kept.messages.size > 0) return;
      const byKey = byName.get(message.name);
      byKey?.delete(message.correlationKey);
      if (byKey?.size === 0) byName.delete(message.name);
    },
    withId: (name, correlationKey, id) => find(name, correlationKey)?.byId.get(id),
    oldestFor: (name, correlationKey, processId) => {
      for (const message of find(name, correlationKey)?.messages ?? []) {
        if (!message.served.has(processId)) return message;
      }
      return undefined;
    },
    size: () => size,
  };
}

/** What the publisher was, or would have been, told of a message. */
export const outcomeOf = (message: Message): Accepted | Correlated =>
  message.firstInstance === undefined
    ? { status: 'accepted', messageKey: message.key }
    : {
        status: 'correlated',
        messageKey: message.key,
        processInstanceKey: message.firstInstance,
      };

type MessageRecord = Omit<Message, 'key' | 'served' | 'id' | 'firstInstance' | 'trace'> & {
  readonly served: readonly string[];
  readonly id?: string;
  readonly firstInstance?: string;
  readonly trace?: TraceContext;
};

export function writeMessage(message: Message): string {
  const { name, correlationKey, id, variables, deadline, served, firstInstance, trace } = message;
  const record: MessageRecord = {
    name,
    correlationKey,
    ...(id === undefined ? {} : { id }),
    variables,
    deadline,
    served: [...served],
    ...(firstInstance === undefined ? {} : { firstInstance }),
    ...(trace === undefined ? {} : { trace }),
  };
  return JSON.stringify(record);
}

export function readMessage(key: string, text: string): Message {
  const { served, id, firstInstance, trace, ...fields }: MessageRecord = JSON.parse(text);
  return { key, ...fields, id, firstInstance, trace, served: new Set(served) };
}
