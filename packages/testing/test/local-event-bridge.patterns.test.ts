import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startReceiver } from './local-event-bridge/receiver.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function start(): Promise<LocalEventBridge> {
  const bridge = await startLocalEventBridge();
  endings.push(() => bridge.close());
  return bridge;
}

describe('Event patterns', () => {
  const event = {
    Detail: JSON.stringify({
      kind: 'gift',
      total: 12,
      tags: ['a', 'bc'],
      empty: [],
      nothing: null,
      paid: true,
      lines: [{ sku: 'x' }, { sku: 'y' }],
      address: { city: 'Berlin' },
    }),
    Resources: ['arn:one'],
  };
  test.each([
    [{ source: ['shop.orders'] }, true],
    [{ source: ['other', 'shop.orders'] }, true],
    [{ source: ['other'] }, false],
    [{ source: ['shop.orders'], 'detail-type': ['Other'] }, false],
    [{ resources: ['arn:one'] }, true],
    [{ source: [{ prefix: 'shop.' }] }, true],
    [{ source: [{ prefix: 'orders' }] }, false],
    [{ source: [{ suffix: '.orders' }] }, true],
    [{ source: [{ suffix: '.order' }] }, false],
    [{ detail: { kind: [{ 'anything-but': ['card', 'gift'] }] } }, false],
    [{ detail: { kind: [{ 'anything-but': 'card' }] } }, true],
    [{ detail: { kind: [{ 'anything-but': { prefix: 'gi' } }] } }, false],
    [{ detail: { kind: [{ 'anything-but': { suffix: 'x' } }] } }, true],
    [{ detail: { missing: [{ 'anything-but': 'card' }] } }, false],
    [{ detail: { total: [{ numeric: ['>', 0, '<=', 12] }] } }, true],
    [{ detail: { total: [{ numeric: ['<', 12] }] } }, false],
    [{ detail: { total: [{ numeric: ['=', 12] }] } }, true],
    [{ detail: { kind: [{ numeric: ['>=', 0] }] } }, false],
    [{ detail: { total: [12] } }, true],
    [{ detail: { total: ['12'] } }, false],
    [{ detail: { paid: [true] } }, true],
    [{ detail: { nothing: [null] } }, true],
    [{ detail: { tags: ['bc'] } }, true],
    [{ detail: { tags: [{ prefix: 'b' }] } }, true],
    [{ detail: { tags: ['c'] } }, false],
    [{ detail: { lines: { sku: ['y'] } } }, true],
    [{ detail: { lines: { sku: ['z'] } } }, false],
    [{ detail: { address: { city: ['Berlin'] } } }, true],
    [{ detail: { address: { city: [{ exists: true }], street: [{ exists: false }] } } }, true],
    [{ detail: { address: [{ exists: true }] } }, false],
    [{ detail: { empty: [{ exists: false }] } }, true],
    [{ detail: { nothing: [{ exists: true }] } }, true],
    [{ detail: { toString: [{ exists: true }] } }, false],
  ])('%j matches: %s', async (eventPattern, matches) => {
    const hook = await startReceiver(() => ({ status: 200 }));
    endings.push(hook.close);
    const bridge = await start();
    bridge.createConnection({
      name: 'shop',
      authorization: { type: 'BASIC', username: 'u', password: 'p' },
    });
    bridge.createApiDestination({ name: 'hook', connection: 'shop', url: hook.url });
    bridge.putRule({ name: 'rule', eventPattern, targets: ['hook'] });
    const client = new EventBridgeClient({
      endpoint: bridge.endpoint,
      region: bridge.region,
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    });
    endings.push(() => client.destroy());
    const entry = { Source: 'shop.orders', DetailType: 'OrderCreated', ...event };
    await client.send(new PutEventsCommand({ Entries: [entry] }));
    await bridge.idle();
    expect(hook.requests).toHaveLength(matches ? 1 : 0);
  });

  test.each([
    [{}, 'at the top: an empty object'],
    [{ source: 'shop' }, 'at source: values stand in a list'],
    [{ source: [] }, 'an empty list'],
    [{ source: [['a']] }, 'a list inside a list'],
    [{ detail: { a: [{ wildcard: '*x' }] } }, 'at detail.a: wildcard is not supported'],
    [{ detail: { a: [{ toString: 1 }] } }, 'toString is not supported'],
    [{ $or: [{ source: ['a'] }] }, '$or is not supported'],
    [{ detail: { a: [{ prefix: 'a', suffix: 'b' }] } }, 'a matcher has one key'],
    [{ detail: { a: [{ prefix: 1 }] } }, 'prefix wants a text'],
    [{ detail: { a: [{ numeric: ['>'] }] } }, 'numeric wants'],
    [{ detail: { a: [{ numeric: ['toString', 1] }] } }, 'numeric wants'],
    [{ detail: { a: [{ exists: 'yes' }] } }, 'exists wants'],
    [{ detail: { a: [{ 'anything-but': { wildcard: 'x' } }] } }, 'anything-but takes'],
    [{ detail: { a: [{ 'anything-but': [true] }] } }, 'anything-but takes'],
  ])('%j is refused', async (eventPattern, message) => {
    const bridge = await start();
    expect(() => bridge.putRule({ name: 'rule', eventPattern, targets: [] })).toThrow(message);
  });
});
