import type { Logger } from '@bpmn-connectors/sdk';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { knowProcesses } from '../models/know-processes.ts';
import type { KnownProcess } from '../models/known-process.ts';
import type { RestClient } from '../rest/create-rest-client.ts';
import { restError } from '../rest/rest-error.ts';
import type { ClusterDefinition } from './cluster-definition.ts';

/** What is known of the models in the cluster, by the keys of their definitions. */
export interface ModelCache {
  /** Fetches what is not known yet. */
  learn(definitions: readonly ClusterDefinition[], signal: AbortSignal): Promise<void>;
  /** Undefined: the cluster had no model yet. */
  find(processDefinitionKey: string): KnownProcess | undefined;
  /** Forgets models of processes that are not deployed any more. */
  keep(definitions: readonly ClusterDefinition[]): void;
}

/** Models fetched at the same time. */
const atOnce = 8;

/** Older versions are kept for the jobs of their instances, not without end. */
const mostModels = 20_000;

/** A process without anything for us: its model is none, or cannot be read. */
const withoutElements = (definition: ClusterDefinition): KnownProcess => ({
  processId: definition.processDefinitionId,
  version: definition.version,
  processDefinitionKey: definition.processDefinitionKey,
  inboundElements: [],
  inputs: new Map(),
});

async function readProcess(
  definition: ClusterDefinition,
  { body }: HttpAnswer,
): Promise<KnownProcess> {
  const { processDefinitionKey, processDefinitionId: processId, version, tenantId } = definition;
  const name = definition.resourceName || processId;
  const [process] = await knowProcesses({
    name,
    content: new TextDecoder().decode(body),
    tenantId,
    processes: [{ processId, version, processDefinitionKey, resourceName: name }],
  });
  return process ?? withoutElements(definition);
}

/** Makes an empty cache. A model that cannot be read is named once in the log, and has no elements. */
export function createModelCache(rest: RestClient, logger: Logger): ModelCache {
  const known = new Map<string, KnownProcess>();

  const skip = (definition: ClusterDefinition, error: unknown): KnownProcess => {
    const { processDefinitionId: processId, version, processDefinitionKey, tenantId } = definition;
    const reason = error instanceof Error ? error.message : 'unknown';
    logger.error(
      { processId, version, processDefinitionKey, tenantId, reason },
      'A model in the cluster cannot be read: its elements are left out',
    );
    return withoutElements(definition);
  };

  const fetchProcess = async (
    definition: ClusterDefinition,
    signal: AbortSignal,
  ): Promise<KnownProcess | undefined> => {
    const path = `/process-definitions/${encodeURIComponent(definition.processDefinitionKey)}/xml`;
    let answer: HttpAnswer;
    try {
      answer = await rest.call({ method: 'GET', path, signal });
    } catch (error) {
      if (error instanceof GatewayError && error.status === 'DATA_LOSS')
        return skip(definition, error);
      throw error;
    }
    // Searches and models are consistent only eventually: a fresh definition may not have its model yet.
    if (answer.status === 404) return undefined;
    if (answer.status === 204) return withoutElements(definition);
    if (answer.status !== 200) throw restError(answer);
    return readProcess(definition, answer).catch((error: unknown) => skip(definition, error));
  };

  const learnOne = async (definition: ClusterDefinition, signal: AbortSignal): Promise<void> => {
    const process = await fetchProcess(definition, signal);
    if (process !== undefined) known.set(definition.processDefinitionKey, process);
  };

  return {
    learn: async (definitions, signal) => {
      const fresh = definitions.filter((one) => !known.has(one.processDefinitionKey));
      for (let from = 0; from < fresh.length; from += atOnce) {
        const part = fresh.slice(from, from + atOnce);
        await Promise.all(part.map((definition) => learnOne(definition, signal)));
      }
    },
    find: (key) => known.get(key),
    keep: (definitions) => {
      const keys = new Set(definitions.map(({ processDefinitionKey }) => processDefinitionKey));
      const ids = new Set(definitions.map(({ processDefinitionId }) => processDefinitionId));
      for (const [key, { processId }] of known) {
        const isInUse = keys.has(key);
        if (!ids.has(processId) || (!isInUse && known.size > mostModels)) known.delete(key);
      }
    },
  };
}
