import type { KnownProcess } from '../models/known-process.ts';
import type { RestClient } from '../rest/create-rest-client.ts';
import type { ClusterDefinition } from './cluster-definition.ts';
import type { DefinitionCache } from './create-definition-cache.ts';
import type { ModelCache } from './create-model-cache.ts';
import { listLatest } from './list-latest.ts';
import { listWaitingKeys } from './list-waiting-keys.ts';

/** What reading takes. */
export interface ReadContext {
  readonly rest: RestClient;
  readonly tenantId: string | undefined;
  readonly definitions: DefinitionCache;
  readonly models: ModelCache;
}

/** What a cluster had at one moment. */
export interface ClusterState {
  /** Whether it told of no definition at all. */
  readonly isEmpty: boolean;
  /** Tenant and id of a process → its latest version. */
  readonly latest: ReadonlyMap<string, KnownProcess>;
  /** Older versions in whose instances somebody waits, by key. */
  readonly waiting: ReadonlyMap<string, KnownProcess>;
  /** Whether everything was told: neither list was longer than is read. */
  readonly isComplete: boolean;
}

/** Before anything was read. */
export const nothingRead: ClusterState = {
  isEmpty: true,
  latest: new Map(),
  waiting: new Map(),
  isComplete: true,
};

const identityOf = ({ tenantId, processDefinitionId }: ClusterDefinition): string =>
  `${tenantId}\0${processDefinitionId}`;

/** While the model of a new version is not there yet, the version before it goes on. */
function serveLatest(
  definitions: readonly ClusterDefinition[],
  models: ModelCache,
  before: ClusterState,
): ReadonlyMap<string, KnownProcess> {
  const latest = new Map<string, KnownProcess>();
  for (const definition of definitions) {
    const identity = identityOf(definition);
    const process = models.find(definition.processDefinitionKey) ?? before.latest.get(identity);
    if (process !== undefined) latest.set(identity, process);
  }
  return latest;
}

/**
 * Reads what is deployed: definitions that are latest versions, then those that somebody still waits in, and
 * of both the models that are not known yet.
 * @throws {GatewayError} not everything could be read; what was fetched so far is not fetched again.
 */
export async function readCluster(
  context: ReadContext,
  before: ClusterState,
  signal: AbortSignal,
): Promise<ClusterState> {
  const { rest, tenantId, definitions, models } = context;
  const listed = await listLatest(rest, tenantId, signal);
  const found = await listWaitingKeys(rest, signal);
  const newest = new Set(listed.items.map(({ processDefinitionKey }) => processDefinitionKey));
  // Who was not found in a list that was cut off may wait still.
  const keys = new Set([...found.items, ...(found.isComplete ? [] : before.waiting.keys())]);
  const older = await definitions.find(
    [...keys].filter((key) => !newest.has(key)),
    signal,
  );
  const ours = older.filter((one) => tenantId === undefined || one.tenantId === tenantId);
  await models.learn([...listed.items, ...ours], signal);
  models.keep([...listed.items, ...ours]);
  const latest = serveLatest(listed.items, models, before);
  const served = new Set([...latest.values()].map((process) => process.processDefinitionKey));
  const waiting = new Map<string, KnownProcess>();
  for (const { processDefinitionKey } of ours) {
    const process = models.find(processDefinitionKey);
    if (process !== undefined && !served.has(processDefinitionKey))
      waiting.set(processDefinitionKey, process);
  }
  return {
    isEmpty: listed.items.length === 0,
    latest,
    waiting,
    isComplete: listed.isComplete && found.isComplete,
  };
}
