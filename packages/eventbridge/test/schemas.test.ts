import { readFileSync } from 'node:fs';
import {
  BrazeEventSchema,
  CleverTapEventSchema,
  CloudEventSchema,
  EventBridgeEventSchema,
  eventBridgeEvent,
  payloadSchemaOf,
  SalesforceAppFlowEventSchema,
  SalesforceRelayEventSchema,
} from '@bpmn-connectors/eventbridge/schemas';
import { webhook } from '@bpmn-connectors/webhook';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

const bodyOf = (name: string) =>
  JSON.parse(
    readFileSync(
      new URL(`../../webhook/test/vectors/events/${name}.json`, import.meta.url),
      'utf8',
    ),
  ).body;

const envelope = {
  id: '1',
  'detail-type': 't',
  version: '0',
  account: '123456789012',
  time: '2026-11-20T09:15:00Z',
  region: 'us-east-1',
  resources: [],
};
const braze = { ...envelope, source: 'aws.partner/braze.com/0123456789/currents' };
const user = { user_id: 'u1', external_user_id: 'e1' };
const appFlow = { ...envelope, source: 'aws.partner/appflow/salesforce.com/123456789012/Src' };
const relay = {
  ...envelope,
  source: 'aws.partner/salesforce.com/00DRM000000Fxts2AC/0YLRM0000004Dfg4AE',
};

describe('events as senders document them are good', () => {
  test.each<[string, z.ZodType, unknown]>([
    ['of EventBridge', EventBridgeEventSchema, bodyOf('eventbridge-my-event')],
    [
      'of EventBridge, replayed from an archive',
      EventBridgeEventSchema,
      { ...braze, detail: {}, 'replay-name': 'r' },
    ],
    [
      'without version, account and time, as input transformers leave them',
      EventBridgeEventSchema,
      { id: '1', source: 's', 'detail-type': 't', detail: {} },
    ],
    ['of CleverTap', CleverTapEventSchema, bodyOf('clevertap-campaign')],
    ['of Braze, a message', BrazeEventSchema, bodyOf('braze-sms-delivery')],
    [
      'of Braze, a custom event',
      BrazeEventSchema,
      {
        ...braze,
        detail: {
          event_type: 'users.behaviors.CustomEvent',
          id: 'e',
          time: 1477502783,
          user,
          properties: { name: 'cart_abandoned', custom_properties: { items: 3 } },
        },
      },
    ],
    [
      'of Braze, a purchase',
      BrazeEventSchema,
      {
        ...braze,
        detail: {
          event_type: 'users.behaviors.Purchase',
          id: 'e',
          time: 1477502783,
          user,
          properties: {
            product_id: 'p',
            price: 9.5,
            currency: 'USD',
            purchase_properties: { size: 'L' },
          },
        },
      },
    ],
    [
      'of Salesforce through AppFlow, with an account of nine digits',
      SalesforceAppFlowEventSchema,
      bodyOf('salesforce-appflow-account-change'),
    ],
    [
      'of Salesforce through AppFlow, too large: a pointer to S3',
      SalesforceAppFlowEventSchema,
      { ...appFlow, detail: { bucketName: 'events', objectKey: 'a/b.json' } },
    ],
    [
      'of Salesforce through AppFlow, a pointer by URL',
      SalesforceAppFlowEventSchema,
      { ...appFlow, detail: { location: 's3://events/a/b.json' } },
    ],
    [
      'of Salesforce’s event relay',
      SalesforceRelayEventSchema,
      { ...relay, detail: { payload: { Order_Number__c: 'A1' }, schemaId: 'x', id: 'y' } },
    ],
    [
      'of CloudEvents',
      CloudEventSchema,
      JSON.parse(JSON.stringify(bodyOf('cloudevents-structured'))),
    ],
  ])('%s', (_name, schema, event) => {
    const parsed = schema.safeParse(event);
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(parsed.data).toEqual(event);
  });
});

describe('others are not', () => {
  test.each<[string, z.ZodType, unknown]>([
    ['an envelope without id', EventBridgeEventSchema, { ...braze, id: undefined, detail: {} }],
    ['an envelope whose detail is a text', EventBridgeEventSchema, { ...braze, detail: '{}' }],
    ['a campaign of somebody else', CleverTapEventSchema, { ...braze, detail: {} }],
    [
      'an event of Braze without a user',
      BrazeEventSchema,
      { ...braze, detail: { event_type: 't', id: 'e', time: 1 } },
    ],
    [
      'a change without records',
      SalesforceAppFlowEventSchema,
      {
        ...appFlow,
        detail: {
          ChangeEventHeader: { entityName: 'Account', changeType: 'UPDATE', recordIds: [] },
        },
      },
    ],
    [
      'something that points nowhere',
      SalesforceAppFlowEventSchema,
      { ...appFlow, detail: { location: 'https://example.com' } },
    ],
    ['a relayed event without payload', SalesforceRelayEventSchema, { ...relay, detail: {} }],
    [
      'a CloudEvent with data twice',
      CloudEventSchema,
      { specversion: '1.0', id: '1', source: 's', type: 't', data: 1, data_base64: 'AQ==' },
    ],
    [
      'a CloudEvent of yesterday',
      CloudEventSchema,
      { specversion: '1.0', id: '1', source: 's', type: 't', time: 'yesterday' },
    ],
  ])('%s', (_name, schema, event) => {
    expect(schema.safeParse(event).success).toBe(false);
  });
});

test('an event of one’s own has its detail typed', () => {
  const OrderCreated = eventBridgeEvent(z.object({ orderId: z.string() }), {
    detailType: 'order_created',
  });
  const event: z.output<typeof OrderCreated> = OrderCreated.parse({
    ...envelope,
    source: 'shop',
    'detail-type': 'order_created',
    detail: { orderId: 'A1' },
  });
  const orderId: string = event.detail.orderId;
  expect(orderId).toBe('A1');
  expect(OrderCreated.safeParse({ ...event, 'detail-type': 'order_gone' }).success).toBe(false);
});

test.each([
  ['EventBridge', EventBridgeEventSchema],
  ['CleverTap', CleverTapEventSchema],
  ['Braze', BrazeEventSchema],
  ['AppFlow', SalesforceAppFlowEventSchema],
  ['event relay', SalesforceRelayEventSchema],
  ['CloudEvents', CloudEventSchema],
])('the schema of %s is a payload schema that a webhook takes', (_name, schema) => {
  const hooks = webhook({ allowUnauthenticated: true });
  const properties = {
    'inbound.context': 'events',
    'inbound.auth.type': 'NONE',
    'inbound.payloadSchema': payloadSchemaOf(schema),
  };
  expect(hooks.prepare(properties).address).toBe('events');
});
