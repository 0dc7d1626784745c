import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceView } from '@bpmn-connectors/sdk';
import { putOnBus } from './put-on-bus.ts';
import { orderCreated, shipmentReceived } from './sample-events.ts';
import { type OrderShipping, startOrderShipping } from './start-order-shipping.ts';
import { waitFor } from './wait-for.ts';

/** What the run came to: its last line. */
export interface OnceResult {
  readonly processId: string;
  readonly state: string;
  readonly variables: InstanceView['variables'];
  /** Events that the process put on the bus. */
  readonly eventsPut: number;
}

const eventSource = 'com.example.order-shipping';

/**
 * Drives the whole loop: event → bus → rule → API destination → webhook → process → bus, and back again.
 * @param say gets a line for each step.
 * @throws {Error} saying what did not happen.
 */
export async function runOnce(say: (line: string) => void): Promise<OnceResult> {
  const data = await mkdtemp(join(tmpdir(), 'order-shipping-'));
  const loop = await startOrderShipping({ data, port: 0 });
  try {
    return await drive(loop, say);
  } finally {
    await loop.close();
    await rm(data, { recursive: true });
  }
}

async function drive(loop: OrderShipping, say: (line: string) => void): Promise<OnceResult> {
  const { bridge, engine, webhooks } = loop;
  const putByProcess = () => bridge.events.filter(({ source }) => source === eventSource);
  const instance = async () => (await engine.instances({ processId: 'order-shipping' })).items[0];

  say(`1  order_created is put on the bus; its rule sends it to ${webhooks}/orders`);
  await putOnBus(bridge.endpoint, orderCreated);
  const started = await waitFor('a process instance', instance);
  say(`2  the webhook started instance ${started.key} of ${started.processId}`);

  const requested = await waitFor('shipment_requested on the bus', () => putByProcess()[0]);
  say(
    `3  the process put ${requested['detail-type']} on the bus: ${JSON.stringify(requested.detail)}`,
  );

  await waitFor('the instance at ShipmentReceived', async () =>
    (await instance())?.elements.find(({ elementId }) => elementId === 'ShipmentReceived'),
  );
  say(`4  shipment received is put on the bus; its rule sends it to ${webhooks}/shipments`);
  await putOnBus(bridge.endpoint, shipmentReceived);

  const ended = await waitFor('the end of the instance', async () => {
    const found = await instance();
    return found?.endedAt === undefined ? undefined : found;
  });
  say(
    `5  it correlated by shipment ${orderCreated.detail['shipment']}; the instance is ${ended.state}`,
  );
  await bridge.idle();
  const { processId, state, variables } = ended;
  return { processId, state, variables, eventsPut: putByProcess().length };
}
