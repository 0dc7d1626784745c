import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { readModel } from '@bpmn-connectors/bpmn';
import { createInbound, type Inbound } from '@bpmn-connectors/runtime';
import type { Command } from '@bpmn-connectors/sdk';
import { webhook } from '@bpmn-connectors/webhook';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

/** A request as an API destination sends it. The files in `data` follow the examples of AWS and Camunda. */
interface SampleRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly detail: Readonly<Record<string, unknown>> };
  readonly rawBody: string;
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const orderCreated: SampleRequest = JSON.parse(read('data/eventbridge-order-created.json'));
const myEvent: SampleRequest = JSON.parse(read('data/eventbridge-my-event.json'));

const withDetail = (sample: SampleRequest, detail: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...sample.body, detail: { ...sample.body.detail, ...detail } });

describe('the order-shipping model takes the requests that an API destination sends', () => {
  let commands: Command[];
  let inbound: Inbound;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    commands = [];
    const hooks = webhook({ allowUnauthenticated: true });
    inbound = createInbound({
      connectors: [hooks],
      send: async (command) => {
        commands.push(command);
        return { status: 'accepted', messageKey: '1' };
      },
    });
    const { inboundElements } = await readModel(read('../models/order-shipping.bpmn'));
    expect(await inbound.update(inboundElements)).toMatchObject({ active: 2, problems: [] });
    server = createServer(createNodeHandler(hooks));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/webhooks`;
  });

  afterEach(async () => {
    await inbound.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const send = async (
    webhookId: string,
    sample: SampleRequest,
    body = sample.rawBody,
  ): Promise<number> => {
    const { 'User-Agent': agent = '', 'Content-Type': type = '', Range = '' } = sample.headers;
    const headers = { 'user-agent': agent, 'content-type': type, range: Range };
    return (await fetch(`${url}/${webhookId}`, { method: 'POST', headers, body })).status;
  };

  test('order_created starts the process; without a shipment number its event’s id is one', async () => {
    expect(await send('orders', orderCreated)).toBe(200);
    expect(commands).toMatchObject([
      {
        kind: 'publish',
        messageName: 'order-created',
        correlationKey: '',
        messageId: '6d3d35b7-5bf2-43ec-9e55-5cfb27ad31b4',
        variables: {
          customerId: '12345',
          orderTotal: 100.5,
          myCorrelationKey: '6d3d35b7-5bf2-43ec-9e55-5cfb27ad31b4',
        },
      },
    ]);
  });

  test('an order may bring its shipment number', async () => {
    await send('orders', orderCreated, withDetail(orderCreated, { shipment: '123456789' }));
    expect(commands).toMatchObject([{ variables: { myCorrelationKey: '123456789' } }]);
  });

  test('the event of a received shipment is for the order that waits for it', async () => {
    expect(await send('shipments', myEvent)).toBe(200);
    expect(commands).toMatchObject([
      {
        kind: 'publish',
        messageName: 'shipment-received',
        correlationKey: '123456789',
        variables: { shipmentStatus: 'received' },
      },
    ]);
  });

  test('other events are taken and do nothing', async () => {
    expect(await send('orders', orderCreated, withDetail(orderCreated, { event: 'paid' }))).toBe(
      200,
    );
    expect(await send('shipments', myEvent, withDetail(myEvent, { status: 'packed' }))).toBe(200);
    expect(await send('orders', myEvent)).toBe(200);
    expect(commands).toEqual([]);
  });

  test('an event that comes again starts nothing', async () => {
    await send('orders', orderCreated);
    expect(await send('orders', orderCreated)).toBe(200);
    expect(commands).toHaveLength(1);
  });
});
