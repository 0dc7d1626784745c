import type { Clock, Logger } from '@bpmn-connectors/sdk';
import { createLookout } from '../models/create-lookout.ts';
import { createSnapshotBoard } from '../models/create-snapshot-board.ts';
import type { ElementSource } from '../models/element-source.ts';
import type { RestClient } from '../rest/create-rest-client.ts';
import { createDefinitionCache } from './create-definition-cache.ts';
import { createModelCache } from './create-model-cache.ts';
import { type ClusterState, nothingRead, readCluster } from './read-cluster.ts';
import { selectElements } from './select-elements.ts';

/** Where a cluster is asked, and how often. */
export interface ClusterSourceOptions {
  readonly rest: RestClient;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Only what is deployed for it. @default all tenants that we may see */
  readonly tenantId?: string | undefined;
  /** Milliseconds between two looks. @default 5000 */
  readonly intervalMs?: number;
}

const lacksRights =
  'The cluster tells of no process definition: deploy one, or grant READ_PROCESS_DEFINITION and READ_PROCESS_INSTANCE';
const cutOff =
  'The cluster has more than 10,000 definitions or subscriptions: the others are not looked at';

/** Tells what is remarkable about a state when it becomes so. */
function noteChange(logger: Logger, state: ClusterState, before: ClusterState | undefined): void {
  if (state.isEmpty && before?.isEmpty !== true) logger.warn({}, lacksRights);
  if (!state.isComplete && before?.isComplete !== false) logger.warn({}, cutOff);
}

/** Two states with the same fingerprint have the same elements: a definition never changes. */
const fingerprintOf = ({ latest, waiting }: ClusterState): string =>
  JSON.stringify([
    [...latest.values()].map(({ processDefinitionKey }) => processDefinitionKey).toSorted(),
    [...waiting.keys()].toSorted(),
  ]);

/**
 * Makes a source of inbound elements from the Orchestration Cluster REST API: of each process the latest
 * version, and of older ones what their instances still wait for. Whatever fails leaves the last snapshot as
 * it was.
 */
export function createClusterSource(options: ClusterSourceOptions): ElementSource {
  const { rest, clock, logger, tenantId, intervalMs = 5000 } = options;
  const models = createModelCache(rest, logger);
  const context = { rest, tenantId, definitions: createDefinitionCache(rest), models };
  const board = createSnapshotBoard();
  let state: ClusterState | undefined;

  const look = async (signal: AbortSignal): Promise<void> => {
    const before = state;
    state = await readCluster(context, before ?? nothingRead, signal);
    noteChange(logger, state, before);
    if (before === undefined || fingerprintOf(state) !== fingerprintOf(before)) {
      board.publish(selectElements(state));
    }
  };

  const lookout = createLookout({ look, intervalMs, clock, logger });

  return {
    ...board,
    watch: (signal) => lookout.watch(signal),
    inputsOf: (key, elementId) => models.find(key)?.inputs.get(elementId),
    health: () => {
      const trouble = lookout.trouble();
      const reason = `the elements in the cluster are not known: ${trouble ?? 'not read yet'}`;
      if (state === undefined) return { status: 'down', reason };
      return trouble === undefined ? { status: 'up' } : { status: 'degraded', reason };
    },
  };
}
