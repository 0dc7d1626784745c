import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '@bpmn-connectors/engine';
import { eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import { openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { InstanceView } from '@bpmn-connectors/sdk';
import { startLocalEventBridge } from '@bpmn-connectors/testing';
import { webhook } from '@bpmn-connectors/webhook';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { eventually, postJson } from '../call.ts';

/** How a process is driven to its end. */
export interface Drive {
  /** Started by hand first: what starts it is not the template. */
  readonly startsByHand: boolean;
  /** An event is posted there; undefined: none is waited for. */
  readonly webhookId: string | undefined;
}

/** What came of it. */
export interface Driven {
  readonly instance: InstanceView;
  /** Details of the events on the bus. */
  readonly sent: readonly unknown[];
}

/** Deploys a model on the embedded engine, behind a real webhook and before a bus, and sends it through. */
export async function driveModel(content: string, drive: Drive): Promise<Driven> {
  const folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-modeling-'));
  const [journal, bridge] = [await openJournal(folder), await startLocalEventBridge()];
  const hooks = webhook({ allowUnauthenticated: true });
  const processRuntime = createEngine({ journal });
  const connectorRuntime = createConnectorRuntime({
    processRuntime,
    connectors: [eventBridge({ endpoint: bridge.endpoint }), hooks],
    journal,
  });
  const server = createServer(createNodeHandler(hooks));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await processRuntime.deploy([{ name: 'model.bpmn', content }]);
    await connectorRuntime.start();
    if (drive.startsByHand) {
      const variables = { orderId: 'A1' };
      const start = { kind: 'start', processId: 'Process', elementId: 'Begin', variables } as const;
      await processRuntime.send(start);
    }
    if (drive.webhookId !== undefined) await post(server.address(), drive.webhookId);
    const instance = await eventually(
      async () => (await processRuntime.instances({})).items[0],
      (one) => one?.state === 'completed' || one?.state === 'incident',
    );
    if (instance === undefined) throw new Error('there is no instance');
    return { instance, sent: bridge.events.map(({ detail }) => detail) };
  } finally {
    server.close();
    server.closeAllConnections();
    await connectorRuntime.close();
    await processRuntime.close();
    await journal.close();
    await bridge.close();
    await rm(folder, { recursive: true });
  }
}

async function post(address: unknown, webhookId: string): Promise<void> {
  const port = Object(address).port;
  const { status, text } = await postJson(
    `http://127.0.0.1:${port}/webhooks/${webhookId}`,
    { orderId: 'A1' },
    { apikey: 'the-api-key' },
  );
  if (status !== 200) throw new Error(`the event was answered with ${status}: ${text}`);
}
