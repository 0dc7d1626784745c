import { readFileSync } from 'node:fs';
import type { InboundOutcome } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { fakeContext, started } from './support/fake-context.ts';
import { send } from './support/send.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

/** A request, and what the specification says of it (`vectors/cloudevents.json`). */
interface Vector {
  readonly name: string;
  readonly mode: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The event that a library reads of it; absent where it is broken. */
  readonly event?: unknown;
  readonly specVerdict?: 'reject' | 'not-a-cloudevent';
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('vectors/cloudevents.json', import.meta.url), 'utf8'),
);

async function deliver(
  sent: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  outcome: (id: unknown) => InboundOutcome = () => started,
  properties: Properties = {},
) {
  const context = fakeContext(async ({ messageId }) => outcome(messageId));
  const { hooks } = await servedWebhook({ 'inbound.auth.type': 'NONE', ...properties }, context);
  const answer = await send(hooks, { headers: sent.headers, body: sent.body });
  return { ...answer, context };
}

const structured = { 'content-type': 'application/cloudevents+json' };
const batched = { 'content-type': 'application/cloudevents-batch+json; charset=UTF-8' };
const event = { specversion: '1.0', id: '1', type: 't', source: '/s' };
const batchOf = (...ids: readonly string[]): string =>
  JSON.stringify(ids.map((id) => ({ ...event, id })));

test('there are vectors of all modes', () => {
  expect(new Set(vectors.map(({ mode }) => mode))).toEqual(
    new Set(['binary', 'structured', 'batched', 'plain']),
  );
  expect(vectors).toHaveLength(14);
});

describe('a request is taken or refused by the specification', () => {
  test.each(vectors.map((vector) => [vector.name, vector] as const))(
    '%s',
    async (_name, vector) => {
      const { status, json, context } = await deliver(vector);
      if (vector.specVerdict === 'reject') {
        expect(status).toBe(400);
        expect(json).toMatchObject({ code: 'BODY_MALFORMED' });
        expect(context.events).toEqual([]);
      } else {
        expect(status).toBe(200);
        expect(context.events.length).toBe(
          vector.mode === 'batched' ? JSON.parse(vector.body).length : 1,
        );
      }
    },
  );
});

describe('an event', () => {
  test('with the media type that AWS sends is taken, and known by source and id', async () => {
    const headers = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
    const { status, context } = await deliver({ headers, body: JSON.stringify(event) });
    expect(status).toBe(200);
    expect(context.events[0]).toMatchObject({
      messageId: '/s 1',
      scope: { request: { body: event } },
    });
  });

  test.each([
    ['a time that is none', { time: 'yesterday' }],
    ['a time without a zone', { time: '2026-11-20T10:00:00' }],
    ['data twice', { data: 1, data_base64: 'AQ==' }],
    ['another version', { specversion: '0.3' }],
    ['a number for an id', { id: 1 }],
    ['an empty subject', { subject: '' }],
  ])('with %s is 400', async (_name, changes) => {
    const body = JSON.stringify({ ...event, ...changes });
    expect((await deliver({ headers: structured, body })).status).toBe(400);
  });

  test.each([
    ['a time', { time: '2026-11-20T10:00:00.123+01:00' }],
    ['binary data', { data_base64: 'AQ==' }],
    ['extensions', { region: 'us-east-1', count: 3 }],
    ['no data at all', {}],
  ])('with %s is taken', async (_name, changes) => {
    const body = JSON.stringify({ ...event, ...changes });
    expect((await deliver({ headers: structured, body })).status).toBe(200);
  });
});

describe('a batch', () => {
  test('is delivered event by event, each as if it had come alone', async () => {
    const { context } = await deliver({ headers: batched, body: batchOf('1', '2') });
    expect(context.events.map(({ messageId }) => messageId)).toEqual(['/s 1', '/s 2']);
    expect(context.events[1]).toMatchObject({
      scope: {
        request: {
          body: { ...event, id: '2' },
          headers: { 'content-type': 'application/cloudevents+json' },
        },
      },
    });
    expect(context.summaries).toHaveLength(2);
  });

  test('leaves dead letters that are read again as single events', async () => {
    const context = fakeContext();
    const { hooks } = await servedWebhook({ 'inbound.auth.type': 'NONE' }, context);
    await send(hooks, { headers: batched, body: batchOf('1', '2') });
    const prepared = hooks.prepare({ 'inbound.context': 'orders', 'inbound.auth.type': 'NONE' });
    const raw = context.events[1]?.raw;
    if (raw === undefined) throw new Error('there is no second event');
    const { messageId, scope } = prepared.read(raw);
    expect({ messageId, scope }).toMatchObject({
      messageId: '/s 2',
      scope: { request: { body: { id: '2' } } },
    });
  });

  test.each<[string, InboundOutcome, number]>([
    ['cannot be handed over now', { status: 'unavailable', code: 'CONNECTION', message: 'x' }, 503],
    [
      'cannot be processed',
      { status: 'unprocessable', code: 'RESULT_FAILED', message: 'x', deadLetterId: '1' },
      422,
    ],
  ])('of which one event %s is answered so', async (_name, outcome, expected) => {
    const answers = (id: unknown) => (id === '/s 2' ? outcome : started);
    const sent = { headers: batched, body: batchOf('1', '2', '3') };
    const { status, context } = await deliver(sent, answers);
    expect(status).toBe(expected);
    expect(context.events).toHaveLength(3);
  });

  test('asks for a redelivery rather than telling of what never will be processed', async () => {
    const outcomes: Readonly<Record<string, InboundOutcome>> = {
      '/s 1': { status: 'unprocessable', code: 'RESULT_FAILED', message: 'x', deadLetterId: '1' },
      '/s 2': { status: 'unavailable', code: 'CONNECTION', message: 'x' },
    };
    const { status } = await deliver(
      { headers: batched, body: batchOf('1', '2') },
      (id) => outcomes[String(id)] ?? started,
    );
    expect(status).toBe(503);
  });

  test.each([
    ['that is no list', '{}', 400],
    ['with something else in it', '[1]', 400],
    [
      'of more than 100 events',
      batchOf(...Array.from({ length: 101 }, (_, id) => String(id))),
      413,
    ],
    ['without events', '[]', 200],
  ])('%s is refused, or nothing', async (_name, body, expected) => {
    const { status, context } = await deliver({ headers: batched, body });
    expect(status).toBe(expected);
    expect(context.events).toEqual([]);
  });

  test('is held against the schema of the webhook event by event', async () => {
    const schema = { 'inbound.payloadSchema': '{"properties": {"id": {"pattern": "^[12]$"}}}' };
    const good = await deliver({ headers: batched, body: batchOf('1', '2') }, undefined, schema);
    expect(good.status).toBe(200);
    const bad = await deliver({ headers: batched, body: batchOf('1', '3') }, undefined, schema);
    expect([bad.status, bad.context.events.length]).toEqual([422, 0]);
  });
});

describe('a sender that asks before it delivers', () => {
  const ask = async (headers: Record<string, string>, properties: Properties = {}) => {
    const { hooks } = await servedWebhook({ 'inbound.auth.type': 'NONE', ...properties });
    return send(hooks, { method: 'OPTIONS', headers });
  };

  test('is granted its origin, and the rate that the webhook has', async () => {
    const headers = {
      'WebHook-Request-Origin': 'eventemitter.example.com',
      'WebHook-Request-Rate': '120',
    };
    expect(await ask(headers)).toMatchObject({
      status: 200,
      headers: {
        'webhook-allowed-origin': 'eventemitter.example.com',
        'webhook-allowed-rate': '*',
        allow: expect.stringContaining('POST'),
      },
    });
    expect((await ask(headers, { 'inbound.rateLimit': '10/s' })).headers).toMatchObject({
      'webhook-allowed-rate': '600',
    });
  });

  test.each([
    ['without an origin', {}],
    ['with something else for an origin', { 'WebHook-Request-Origin': 'a\tb <script>' }],
  ])('%s is told the methods, and granted nothing', async (_name, headers) => {
    const answer = await ask(headers);
    expect(answer.status).toBe(204);
    expect(answer.headers['webhook-allowed-origin']).toBeUndefined();
  });
});
