import type { JwksSettings } from '../webhook-options.ts';
import { createKeySet, type KeySet } from './create-key-set.ts';
import { fetchKeySet } from './fetch-key-set.ts';

/** The key sets of a connector: webhooks with the same issuer share one. */
export interface KeySets {
  get(url: URL): KeySet;
  clear(): void;
}

export function createKeySets(settings: JwksSettings): KeySets {
  const sets = new Map<string, KeySet>();
  return {
    get: (url) => {
      const known = sets.get(url.href);
      if (known !== undefined) return known;
      // Its query may hold a secret.
      const name = `${url.origin}${url.pathname}`;
      const made = createKeySet(name, () => fetchKeySet(url, settings), settings);
      sets.set(url.href, made);
      return made;
    },
    clear: () => sets.clear(),
  };
}
