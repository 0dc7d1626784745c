import type { Node } from '../compile/compiled-process.ts';
import { getOrAdd } from '../state/get-or-add.ts';
import type { ElementInstance } from '../state/process-instance.ts';

/** An element instance that waits for a message. */
export interface Subscription {
  readonly element: ElementInstance;
  /** The element itself, a boundary event on it, or the start of an event sub-process in it. */
  readonly node: Node;
  readonly name: string;
  readonly correlationKey: string;
}

/** Subscriptions by message name, correlation key and process. Keys are senders' data: never joined. */
export interface Subscriptions {
  add(subscription: Subscription): void;
  remove(subscription: Subscription): void;
  /** For each process the one that has waited longest, of those whose element is not yet completing. */
  match(name: string, correlationKey: string): readonly Subscription[];
}

type ByProcess = Map<string, Set<Subscription>>;

export function createSubscriptions(): Subscriptions {
  const byName = new Map<string, Map<string, ByProcess>>();
  const processOf = ({ element }: Subscription): string => element.instance.definition.processId;
  return {
    add: (subscription) => {
      const byKey = getOrAdd(byName, subscription.name, () => new Map<string, ByProcess>());
      const byProcess = getOrAdd(byKey, subscription.correlationKey, (): ByProcess => new Map());
      getOrAdd(byProcess, processOf(subscription), () => new Set()).add(subscription);
    },
    remove: (subscription) => {
      const { name, correlationKey } = subscription;
      const byKey = byName.get(name);
      const byProcess = byKey?.get(correlationKey);
      const waiting = byProcess?.get(processOf(subscription));
      waiting?.delete(subscription);
      if (waiting?.size === 0) byProcess?.delete(processOf(subscription));
      if (byProcess?.size === 0) byKey?.delete(correlationKey);
      if (byKey?.size === 0) byName.delete(name);
    },
    match: (name, correlationKey) => {
      const first: Subscription[] = [];
      for (const waiting of byName.get(name)?.get(correlationKey)?.values() ?? []) {
        for (const subscription of waiting) {
          if (subscription.element.state !== 'active') continue;
          first.push(subscription);
          break;
        }
      }
      return first;
    },
  };
}
