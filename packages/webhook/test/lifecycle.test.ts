import { ConnectorError, type InboundOutcome } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { webhook } from '../src/index.ts';
import { fakeContext, started } from './support/fake-context.ts';
import { send } from './support/send.ts';
import { servedWebhook } from './support/served-webhook.ts';

const orders = { 'inbound.context': 'orders', 'inbound.auth.type': 'NONE' };

describe('a path', () => {
  test('unknown is 503 until all webhooks are active, then 404', async () => {
    const hooks = webhook();
    expect(await send(hooks)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      json: { code: 'NOT_READY' },
    });
    hooks.enter('active');
    expect(await send(hooks)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  });

  test('known is served while others are being activated', async () => {
    const hooks = webhook({ allowUnauthenticated: true });
    await hooks.prepare(orders).activate(fakeContext());
    expect((await send(hooks)).status).toBe(200);
  });

  test('is free again when its webhook stops', async () => {
    const { hooks } = await servedWebhook(orders);
    const stop = await hooks.prepare(orders).activate(fakeContext());
    await stop();
    expect((await send(hooks)).status).toBe(404);
  });

  test('that was only prepared is not served, and a webhook that cannot work takes none', async () => {
    const hooks = webhook({ allowUnauthenticated: true });
    hooks.enter('active');
    hooks.prepare(orders);
    expect(() => hooks.prepare({ ...orders, 'inbound.method': 'x' })).toThrow();
    expect((await send(hooks)).status).toBe(404);
    await hooks.prepare(orders).activate(fakeContext());
    expect((await send(hooks)).status).toBe(200);
  });

  test('goes to the webhook that replaces another, whose stop then stops nothing', async () => {
    const before = fakeContext();
    const after = fakeContext();
    const hooks = webhook({ allowUnauthenticated: true });
    const stop = await hooks.prepare(orders).activate(before);
    await hooks.prepare(orders).activate(after);
    await stop();
    await send(hooks);
    expect([before.events.length, after.events.length]).toEqual([0, 1]);
  });
});

describe('a receiver that stops', () => {
  test('answers 503 while it drains', async () => {
    const { hooks } = await servedWebhook();
    hooks.enter('draining');
    expect(await send(hooks)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      json: { code: 'DRAINING' },
    });
  });

  test('finishes what is in flight before it closes, and takes nothing new', async () => {
    let decide: (outcome: InboundOutcome) => void = () => {};
    const decided = new Promise<InboundOutcome>((resolve) => {
      decide = resolve;
    });
    const { hooks } = await servedWebhook(
      orders,
      fakeContext(() => decided),
    );
    const first = send(hooks);
    let closed = false;
    const closing = hooks.close().then(() => {
      closed = true;
    });
    hooks.enter('active');
    expect((await send(hooks)).status).toBe(503);
    expect(closed).toBe(false);
    decide(started);
    expect((await first).status).toBe(200);
    await closing;
  });

  test('closes at once when nothing is in flight', async () => {
    const { hooks } = await servedWebhook();
    await expect(hooks.close()).resolves.toBeUndefined();
  });
});

describe('a stored delivery', () => {
  const endpoint = webhook({ allowUnauthenticated: true }).prepare(orders);

  test('gives the same event again', async () => {
    const { hooks, context } = await servedWebhook();
    await send(hooks, {
      path: '/orders?a=%C3%BC',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Webhook-Id': 'm1' },
      body: 'a=1&b=x+y',
    });
    const [event] = context.events;
    if (event === undefined) throw new Error('no event');
    const stored = {
      envelope: JSON.parse(JSON.stringify(event.raw.envelope)),
      body: Uint8Array.from(event.raw.body),
    };
    const again = endpoint.read(stored);
    expect(again).toMatchObject({ scope: event.scope, messageId: 'm1' });
  });

  test('that is none, or cannot be parsed any more, says so by a code', () => {
    const codeOf = (envelope: { [key: string]: string | string[] }, body: string) => {
      try {
        endpoint.read({ envelope, body: new TextEncoder().encode(body) });
      } catch (error) {
        return error instanceof ConnectorError ? error.code : error;
      }
      return undefined;
    };
    expect(codeOf({}, '{}')).toBe('DELIVERY_UNREADABLE');
    const envelope = { method: 'POST', target: '/webhooks/orders', headers: [] };
    expect(codeOf(envelope, '{')).toBe('BODY_MALFORMED');
    expect(codeOf(envelope, '{}')).toBeUndefined();
  });
});
