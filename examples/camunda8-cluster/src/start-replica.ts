import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type Camunda8Settings, createCamunda8 } from '@bpmn-connectors/camunda8';
import { type EventBridgeOptions, eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import { openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { SecretProvider } from '@bpmn-connectors/sdk';
import { webhook } from '@bpmn-connectors/webhook';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { createSharedClaims } from './create-shared-claims.ts';
import { openClaimFile } from './open-claim-file.ts';

/** What a replica is started with. */
export interface ReplicaOptions {
  /** Folder of models. */
  readonly models: string;
  /** Folder of what this replica alone keeps. */
  readonly data: string;
  /** Database file that the replicas share. */
  readonly claims: string;
  /** Port for webhooks, on loopback; 0 takes a free one. */
  readonly port: number;
  readonly cluster: Camunda8Settings;
  readonly secrets: SecretProvider;
  readonly aws?: EventBridgeOptions;
}

/** A replica that serves. */
export interface Replica {
  /** Where its webhooks are: `http://127.0.0.1:port/webhooks`. */
  readonly webhooks: string;
  /** Ends it: finishes what is in hand, then lets go of everything. */
  close(): Promise<void>;
}

/** What is open so far; closed from the end. */
type Closers = (() => unknown)[];

/**
 * Starts a replica, whose claims are those of all replicas.
 * @throws {ConfigurationError} the cluster refuses a model.
 * @throws {ConnectorError} `CAMUNDA8_UNAVAILABLE`: the cluster cannot be reached. Whatever is thrown, nothing
 *   is left open.
 */
export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const closers: Closers = [];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).toReversed()) await closeOne();
  };
  try {
    return { webhooks: await openReplica(options, closers), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openReplica(options: ReplicaOptions, closers: Closers): Promise<string> {
  const { cluster, secrets, aws } = options;
  // #region claims
  const journal = await openJournal(options.data);
  closers.push(() => journal.close());
  const file = openClaimFile(options.claims);
  const claims = createSharedClaims(file.query);
  closers.push(() => claims.flush().then(() => file.close()));
  const camunda8 = createCamunda8({ ...cluster, journal });
  closers.push(() => camunda8.close());
  const hooks = webhook();
  const connectorRuntime = createConnectorRuntime({
    processRuntime: camunda8,
    connectors: [eventBridge(aws), hooks],
    secrets,
    journal,
    claims,
  });
  // #endregion
  const names = (await readdir(options.models)).filter((name) => name.endsWith('.bpmn'));
  const read = (name: string) => readFile(join(options.models, name), 'utf8');
  await camunda8.deploy(
    await Promise.all(names.map(async (name) => ({ name, content: await read(name) }))),
  );
  const server = createServer(createNodeHandler(hooks)).listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => closeServer(server));
  closers.push(() => connectorRuntime.close());
  await connectorRuntime.start();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return `http://127.0.0.1:${port}/webhooks`;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
