import {
  createEndpointCounter,
  type EndpointCounter,
} from '../deliveries/create-endpoint-counter.ts';
import {
  type ActiveEndpoint,
  activateEndpoint,
  type EndpointSurroundings,
} from './active-endpoint.ts';
import type { Contender } from './allocate-addresses.ts';

/** Who serves which address. */
export interface EndpointSlots {
  readonly get: (key: string) => ActiveEndpoint | undefined;
  all(): readonly ActiveEndpoint[];
  /**
   * Has a contender serve an address from now on. One whose properties are those that are served already
   * only changes elements. @throws whatever its connector throws; the address is served as before then.
   */
  serve(key: string, contender: Contender): Promise<ActiveEndpoint>;
  stop(key: string): Promise<void>;
  stopAllBut(keys: ReadonlySet<string>): Promise<void>;
}

/** Nothing is served at first. */
export function createEndpointSlots(surroundings: EndpointSurroundings): EndpointSlots {
  const active = new Map<string, ActiveEndpoint>();
  const counters = new Map<string, EndpointCounter>();

  const counterOf = (key: string): EndpointCounter => {
    const counter = counters.get(key) ?? createEndpointCounter();
    counters.set(key, counter);
    return counter;
  };
  const stop = async (key: string): Promise<void> => {
    const endpoint = active.get(key);
    active.delete(key);
    counters.delete(key);
    await endpoint?.deactivate();
  };

  return {
    get: (key) => active.get(key),
    all: () => [...active.values()],
    serve: async (key, contender) => {
      const current = active.get(key);
      if (current !== undefined && current.lead.fingerprint === contender.lead.fingerprint) {
        current.swap(contender);
        return current;
      }
      // The new one is active before the old one is not, so that no request is dropped in between.
      const endpoint = await activateEndpoint(contender, counterOf(key), surroundings);
      active.set(key, endpoint);
      await current?.deactivate();
      return endpoint;
    },
    stop,
    stopAllBut: async (keys) => {
      for (const key of [...active.keys()]) if (!keys.has(key)) await stop(key);
    },
  };
}
