import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import { openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { Journal, ProcessRuntime } from '@bpmn-connectors/sdk';
import { startLocalEventBridge } from '@bpmn-connectors/testing';
import { webhook } from '@bpmn-connectors/webhook';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { postJson } from '../call.ts';

/** A process runtime behind a real webhook and before a bus. */
export interface Stack<Runtime extends ProcessRuntime> {
  readonly processRuntime: Runtime;
  /** Serves what is deployed. */
  start(): Promise<void>;
  /** Posts the order A1 to a webhook; rejects when it is not taken. */
  post(webhookId: string): Promise<void>;
  /** Details of the events on the bus. */
  sent(): readonly unknown[];
  close(): Promise<void>;
}

/** Puts one together, with a journal of its own. */
export async function openStack<Runtime extends ProcessRuntime>(
  create: (journal: Journal) => Runtime,
): Promise<Stack<Runtime>> {
  const folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-modeling-'));
  const [journal, bridge] = [await openJournal(folder), await startLocalEventBridge()];
  const hooks = webhook({ allowUnauthenticated: true });
  const processRuntime = create(journal);
  const connectorRuntime = createConnectorRuntime({
    processRuntime,
    connectors: [eventBridge({ endpoint: bridge.endpoint }), hooks],
    journal,
  });
  const server = createServer(createNodeHandler(hooks));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    processRuntime,
    start: () => connectorRuntime.start(),
    post: async (webhookId) => {
      const url = `http://127.0.0.1:${Object(server.address()).port}/webhooks/${webhookId}`;
      const { status, text } = await postJson(url, { orderId: 'A1' }, { apikey: 'the-api-key' });
      if (status !== 200) throw new Error(`the event was answered with ${status}: ${text}`);
    },
    sent: () => bridge.events.map(({ detail }) => detail),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await connectorRuntime.close();
      await processRuntime.close();
      await journal.close();
      await bridge.close();
      await rm(folder, { recursive: true });
    },
  };
}
