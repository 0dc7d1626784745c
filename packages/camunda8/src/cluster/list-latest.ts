import type { RestClient } from '../rest/create-rest-client.ts';
import { type ClusterDefinition, clusterDefinitionSchema } from './cluster-definition.ts';
import { type Found, searchAll } from './search-all.ts';

/**
 * The latest version of every process, of one tenant or of all that we may see. A deployment between two
 * pages may show a process twice: its highest version is kept.
 */
export async function listLatest(
  rest: RestClient,
  tenantId: string | undefined,
  signal: AbortSignal,
): Promise<Found<ClusterDefinition>> {
  const filter = { isLatestVersion: true, ...(tenantId === undefined ? {} : { tenantId }) };
  const search = { path: '/process-definitions/search', filter, item: clusterDefinitionSchema };
  const { items, isComplete } = await searchAll(rest, search, signal);
  const highest = new Map<string, ClusterDefinition>();
  for (const item of items) {
    const id = `${item.tenantId}\0${item.processDefinitionId}`;
    if (item.version >= (highest.get(id)?.version ?? 0)) highest.set(id, item);
  }
  return { items: [...highest.values()], isComplete };
}
