import type { RestClient } from '../rest/create-rest-client.ts';
import { type ClusterDefinition, clusterDefinitionSchema } from './cluster-definition.ts';
import { readAnswer } from './read-answer.ts';

/** Definitions by their keys; a definition never changes. */
export interface DefinitionCache {
  /** Those that the cluster knows of these, each asked for once. All others are forgotten. */
  find(keys: readonly string[], signal: AbortSignal): Promise<readonly ClusterDefinition[]>;
}

/** Makes an empty one. A key that the cluster does not know yet is asked for again the next time. */
export function createDefinitionCache(rest: RestClient): DefinitionCache {
  let known = new Map<string, ClusterDefinition>();
  return {
    find: async (keys, signal) => {
      for (const key of keys) {
        if (known.has(key)) continue;
        const path = `/process-definitions/${encodeURIComponent(key)}`;
        const answer = await rest.call({ method: 'GET', path, signal });
        if (answer.status !== 404) known.set(key, readAnswer(answer, clusterDefinitionSchema));
      }
      const found = keys.map((key) => known.get(key)).filter((entry) => entry !== undefined);
      known = new Map(found.map((entry) => [entry.processDefinitionKey, entry]));
      return found;
    },
  };
}
