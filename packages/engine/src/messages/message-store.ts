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
  /** @param length of its record, in characters. */
  add(message: Message, length: number): void;
  remove(message: Message): void;
  /** The kept message of this name, key and id. */
  withId(name: string, correlationKey: string, id: string): Message | undefined;
  /** Notes that a message, kept or not, correlated with an instance of a process; it does so once per process. */
  serve(message: Message, processId: string, instanceKey: string): void;
  /** The oldest message that has not yet served a process. */
  oldestFor(name: string, correlationKey: string, processId: string): Message | undefined;
  size(): number;
  /** Characters of all records together. */
  length(): number;
}

interface Kept {
  /** With the length of their records. */
  readonly messages: Map<Message, number>;
  readonly byId: Map<string, Message>;
  /** By process: those that have not served it. Made when a process asks and many are kept. */
  unserved: Map<string, Set<Message>> | undefined;
}

/** So many are looked through one by one; keys with more messages are few, so that an index is worth its memory. */
const few = 16;

function oldestUnserved(kept: Kept, processId: string): Message | undefined {
  const isUnserved = ({ served }: Message): boolean => !served.has(processId);
  if (kept.messages.size > few) {
    kept.unserved ??= new Map();
    const make = () => new Set([...kept.messages.keys()].filter(isUnserved));
    const [oldest] = getOrAdd(kept.unserved, processId, make);
    return oldest;
  }
  for (const message of kept.messages.keys()) if (isUnserved(message)) return message;
  return undefined;
}

export function createMessageStore(): MessageStore {
  const byName = new Map<string, Map<string, Kept>>();
  let size = 0;
  let total = 0;
  const find = (name: string, key: string): Kept | undefined => byName.get(name)?.get(key);
  return {
    add: (message, length) => {
      const byKey = getOrAdd(byName, message.name, () => new Map<string, Kept>());
      const make = (): Kept => ({
        messages: new Map(),
        byId: new Map(),
        unserved: undefined,
      });
      const kept = getOrAdd(byKey, message.correlationKey, make);
      kept.messages.set(message, length);
      if (message.id !== undefined) kept.byId.set(message.id, message);
      for (const [processId, messages] of kept.unserved ?? []) {
        if (!message.served.has(processId)) messages.add(message);
      }
      size += 1;
      total += length;
    },
    remove: (message) => {
      const kept = find(message.name, message.correlationKey);
      const length = kept?.messages.get(message);
      if (kept === undefined || length === undefined) return;
      kept.messages.delete(message);
      for (const messages of kept.unserved?.values() ?? []) messages.delete(message);
      if (message.id !== undefined) kept.byId.delete(message.id);
      size -= 1;
      total -= length;
      if (kept.messages.size > 0) return;
      const byKey = byName.get(message.name);
      byKey?.delete(message.correlationKey);
      if (byKey?.size === 0) byName.delete(message.name);
    },
    withId: (name, correlationKey, id) => find(name, correlationKey)?.byId.get(id),
    serve: (message, processId, instanceKey) => {
      message.served.add(processId);
      message.firstInstance ??= instanceKey;
      find(message.name, message.correlationKey)?.unserved?.get(processId)?.delete(message);
    },
    oldestFor: (name, correlationKey, processId) => {
      const kept = find(name, correlationKey);
      return kept === undefined ? undefined : oldestUnserved(kept, processId);
    },
    size: () => size,
    length: () => total,
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
