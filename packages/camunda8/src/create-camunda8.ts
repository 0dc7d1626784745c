import {
  type Clock,
  type Deployer,
  type InboundSource,
  type InboundTarget,
  type JobSource,
  type Journal,
  type Logger,
  type ProcessRuntime,
  silentLogger,
  systemClock,
  tellSnapshots,
  type Worker,
} from '@bpmn-connectors/sdk';
import { checkHealth } from './check-health.ts';
import { createClusterSource } from './cluster/create-cluster-source.ts';
import { createTarget } from './commands/create-target.ts';
import type { Camunda8Settings, ResolvedSettings } from './configuration/camunda8-settings.ts';
import { connectionOf } from './configuration/connection-of.ts';
import { resolveSettings } from './configuration/resolve-settings.ts';
import { createFolderSource } from './folder/create-folder-source.ts';
import type { ConnectionOptions } from './gateway/connection-options.ts';
import { createGateway } from './gateway/create-gateway.ts';
import { createWorker } from './jobs/create-worker.ts';
import { createModelStore } from './models/create-model-store.ts';
import { deploy } from './models/deploy.ts';
import type { ElementSource } from './models/element-source.ts';
import { untilAborted } from './models/until-aborted.ts';
import { createCorrelate } from './rest/create-correlate.ts';
import { createRestClient, type RestClient } from './rest/create-rest-client.ts';

/** What the process runtime is made of. */
export interface Camunda8Options extends Camunda8Settings {
  /**
   * Remembers over restarts which models were deployed from here; its namespaces begin with `camunda8.`.
   * Without one they are forgotten with the process. It is not closed with the process runtime.
   */
  readonly journal?: Journal;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** A process runtime on a cluster. For instances and incidents there is Operate. */
export type Camunda8 = ProcessRuntime &
  InboundTarget &
  JobSource &
  Deployer &
  InboundSource & { readonly deduplicates: { readonly start: false; readonly publish: true } };

function connectRest(
  { restAddress, tls, requestTimeoutMs }: ResolvedSettings,
  { credentials }: ConnectionOptions,
): RestClient | undefined {
  if (restAddress === undefined) return undefined;
  return createRestClient({ address: restAddress, tls, credentials, requestTimeoutMs });
}

/** Where inbound elements are looked for, if not among the models deployed from here. */
function findElsewhere(
  { elements }: ResolvedSettings,
  rest: RestClient | undefined,
  options: {
    readonly clock: Clock;
    readonly logger: Logger;
    readonly tenantId: string | undefined;
  },
): ElementSource | undefined {
  if (typeof elements === 'object') return createFolderSource({ ...elements, ...options });
  if (elements === 'deployed' || rest === undefined) return undefined;
  return createClusterSource({ rest, ...options });
}

/**
 * Makes the process runtime on Camunda 8: Zeebe over gRPC, correlation over REST. Nothing is loaded and
 * nothing connected before the first call; a lost connection is made again by itself.
 * @throws {ConfigurationError} settings that cannot work.
 * @example
 * const camunda8 = createCamunda8({ grpcAddress: 'grpc://127.0.0.1:26500', journal });
 * const connectorRuntime = createConnectorRuntime({ processRuntime: camunda8, connectors, secrets, journal });
 */
export function createCamunda8(options: Camunda8Options = {}): Camunda8 {
  const { journal, clock = systemClock, logger = silentLogger, ...given } = options;
  const settings = resolveSettings(given);
  const { tenantId, workerName } = settings;
  const connection = connectionOf(settings, clock);
  const gateway = createGateway(connection);
  const rest = connectRest(settings, connection);
  const models = createModelStore(journal, logger);
  const correlate = rest === undefined ? undefined : createCorrelate(rest, tenantId);
  const elsewhere = findElsewhere(settings, rest, { clock, logger, tenantId });
  let watching: Promise<void> | undefined;
  const deploying = new Set<Promise<unknown>>();
  const workers = new Set<Worker>();
  const closing = new AbortController();
  const context = {
    gateway,
    clock,
    logger,
    workerName,
    tenantId,
    jobs: { streaming: settings.streaming, pollIntervalMs: settings.pollIntervalMs },
    inputsOf: async (key: string, elementId: string, signal: AbortSignal) => {
      const find = () => models.inputsOf(key, elementId) ?? elsewhere?.inputsOf(key, elementId);
      const known = find();
      if (known !== undefined) return known;
      // A folder does not tell mappings: there is nothing to wait for.
      const source = settings.elements === 'cluster' && watching ? elsewhere : undefined;
      const read = [models, ...(source === undefined ? [] : [source])].map(({ loaded }) => loaded);
      await Promise.race([Promise.allSettled([...read, ...deploying]), untilAborted(signal)]);
      return find();
    },
  };
  return {
    name: 'camunda8',
    deduplicates: { start: false, publish: true },
    send: createTarget({ gateway, tenantId, correlate }),
    work: (workerOptions, handler) => {
      const worker = createWorker(context, workerOptions, handler);
      workers.add(worker);
      return worker;
    },
    deploy: async (resources) => {
      await models.loaded;
      const deployed = deploy({ gateway, models, tenantId }, resources);
      deploying.add(deployed);
      try {
        return await deployed;
      } finally {
        deploying.delete(deployed);
      }
    },
    watchInbound: async (onSnapshot, signal) => {
      watching ??= elsewhere?.watch(closing.signal);
      const source = elsewhere ?? models;
      const either = AbortSignal.any([signal, closing.signal]);
      const loaded = Promise.all([models.loaded, elsewhere?.loaded]);
      await Promise.race([loaded, untilAborted(either)]);
      await tellSnapshots(source, onSnapshot, either, logger);
    },
    health: () => checkHealth(gateway, watching === undefined ? undefined : elsewhere?.health()),
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      await Promise.all([...workers].map((worker) => worker.drain(0)));
      await watching;
      gateway.close();
      rest?.close();
    },
  };
}
