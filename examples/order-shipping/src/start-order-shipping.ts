import { readFile } from 'node:fs/promises';
import { createEngine, type Engine } from '@bpmn-connectors/engine';
import { eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import { openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { Telemetry } from '@bpmn-connectors/sdk';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { webhook } from '@bpmn-connectors/webhook';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { listen } from './listen.ts';

/** Where the example runs. */
export interface OrderShippingOptions {
  /** Folder of the durable state. */
  readonly data: string;
  /** Port for webhooks; 0 takes a free one. */
  readonly port: number;
  /** Is told what happens. */
  readonly telemetry?: Telemetry;
}

/** The running example. */
export interface OrderShipping {
  /** `http://127.0.0.1:8080/webhooks`. */
  readonly webhooks: string;
  readonly bridge: LocalEventBridge;
  readonly engine: Engine;
  close(): Promise<void>;
}

const modelFile = new URL('../models/order-shipping.bpmn', import.meta.url);

/**
 * Starts all that takes part: engine, connectors, webhook server, and the stand-in for AWS. With credentials
 * and a region in the environment and no `endpoint`, the same connector talks to AWS.
 */
export async function startOrderShipping(options: OrderShippingOptions): Promise<OrderShipping> {
  const bridge = await startLocalEventBridge({ retry: { initialDelayMs: 200 } });
  // #region whole
  const journal = await openJournal(options.data);
  const engine = createEngine({ journal });
  const hooks = webhook({ allowUnauthenticated: true }); // this example listens on loopback only
  const connectorRuntime = createConnectorRuntime({
    processRuntime: engine,
    connectors: [eventBridge({ endpoint: bridge.endpoint, defaultRegion: bridge.region }), hooks],
    journal,
    ...(options.telemetry === undefined ? {} : { telemetry: options.telemetry }),
  });
  await engine.deploy([
    { name: 'order-shipping.bpmn', content: await readFile(modelFile, 'utf8') },
  ]);
  const { server, url } = await listen(createNodeHandler(hooks), options.port);
  await connectorRuntime.start();
  // #endregion
  sendEventsOfTheBus(bridge, `${url}/webhooks`);
  return {
    webhooks: `${url}/webhooks`,
    bridge,
    engine,
    close: async () => {
      await connectorRuntime.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.close();
      await journal.close();
      await bridge.close();
    },
  };
}

/** What is set up in AWS too: a connection, an API destination and a rule for each webhook. */
function sendEventsOfTheBus(bridge: LocalEventBridge, webhooks: string): void {
  bridge.createConnection({
    name: 'order-shipping',
    authorization: { type: 'API_KEY', apiKeyName: 'x-api-key', apiKeyValue: 'not-looked-at' },
  });
  const patterns = {
    orders: { detail: { event: ['order_created'] } },
    shipments: { detail: { shipment: [{ exists: true }], status: [{ exists: true }] } },
  };
  for (const [webhookId, eventPattern] of Object.entries(patterns)) {
    const destination = { name: webhookId, connection: 'order-shipping' };
    bridge.createApiDestination({ ...destination, url: `${webhooks}/${webhookId}` });
    bridge.putRule({ name: webhookId, eventPattern, targets: [webhookId] });
  }
}
