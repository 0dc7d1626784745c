import type { JsonObject } from '@bpmn-connectors/sdk';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startExample } from '../src/start-example.ts';

describe('connectors in a program with an engine and an express app of its own', () => {
  let bridge: LocalEventBridge;
  let example: Awaited<ReturnType<typeof startExample>>;
  let instance: Promise<JsonObject>;

  beforeEach(async () => {
    bridge = await startLocalEventBridge();
    let ended: (variables: JsonObject) => void = () => {};
    let failed: (error: unknown) => void = () => {};
    instance = new Promise((resolve, reject) => {
      ended = resolve;
      failed = reject;
    });
    instance.catch(() => {});
    example = await startExample({
      port: 0,
      environment: {
        SECRET_WEBHOOK_KEY: 'the-key',
        SECRET_AWS_ACCESS_KEY: 'AKIAEXAMPLE',
        SECRET_AWS_SECRET_KEY: 'hush',
      },
      eventBridge: { endpoint: bridge.endpoint, maxAttempts: 1 },
      ended,
      failed,
    });
  });

  afterEach(async () => {
    await example.close();
    await bridge.close();
  });

  const send = (webhookId: string, detail: JsonObject, apikey = 'the-key'): Promise<Response> =>
    fetch(`${example.url}/${webhookId}`, {
      method: 'POST',
      headers: { apikey, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ detail }),
    });

  test('a webhook starts the process, its job puts an event, another webhook lets it end', async () => {
    expect((await send('orders', { order_id: 'A-1' })).status).toBe(200);
    // The message is kept until the process waits for it.
    expect((await send('shipments', { order_id: 'A-1', status: 'received' })).status).toBe(200);
    const variables = await instance;
    expect(bridge.events).toMatchObject([
      {
        source: 'com.example.own-engine',
        'detail-type': 'shipment_requested',
        detail: { orderId: 'A-1' },
      },
    ]);
    expect(variables).toEqual({
      orderId: 'A-1',
      eventId: bridge.events[0]?.id,
      status: 'received',
    });
  });

  test('an event for another order, or of another kind, does not let it end', async () => {
    await send('orders', { order_id: 'A-1' });
    await send('shipments', { order_id: 'A-2', status: 'received', wrong: true });
    const unmatched = await send('shipments', { order_id: 'A-1', status: 'packed' });
    expect(unmatched.status).toBe(200);
    await send('shipments', { order_id: 'A-1', status: 'received' });
    expect(await instance).toMatchObject({ orderId: 'A-1', status: 'received' });
  });

  test('a request without the key starts nothing', async () => {
    const refused = await send('orders', { order_id: 'A-1' }, 'another key');
    expect(refused.status).toBe(401);
    expect(bridge.events).toEqual([]);
  });

  test('the process is told when its job has failed for good', async () => {
    bridge.failNext({ kind: 'error', code: 'AccessDeniedException', times: 3 });
    await send('orders', { order_id: 'A-1' });
    await expect(instance).rejects.toThrow('AccessDeniedException');
  });
});
