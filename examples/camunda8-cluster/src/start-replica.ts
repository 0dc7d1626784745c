import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
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

/**
 * Starts a replica, whose claims are those of all replicas.
 * @returns where its webhooks are, and what ends it.
 */
export async function startReplica(options: ReplicaOptions) {
  const { cluster, secrets, aws } = options;
  // #region claims
  const journal = await openJournal(options.data);
  const file = openClaimFile(options.claims);
  const claims = createSharedClaims(file.query);
  const camunda8 = createCamunda8({ ...cluster, journal });
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
  const server = createServer(createNodeHandler(hooks));
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve));
  await connectorRuntime.start();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    webhooks: `http://127.0.0.1:${port}/webhooks`,
    close: async () => {
      await connectorRuntime.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await camunda8.close();
      await claims.flush();
      file.close();
      await journal.close();
    },
  };
}
