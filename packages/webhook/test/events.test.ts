import { readdirSync, readFileSync } from 'node:fs';
import type { JsonValue } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { fakeContext } from './support/fake-context.ts';
import { send } from './support/send.ts';
import { servedWebhook } from './support/served-webhook.ts';

const folder = new URL('vectors/events/', import.meta.url);
const fixtures = readdirSync(folder).map((file): [string, Fixture] => [
  file,
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
]);

interface Fixture {
  readonly headers?: Readonly<Record<string, string>>;
  readonly requests?: Readonly<
    Record<string, { readonly headers: Readonly<Record<string, string>> }>
  >;
  readonly body: JsonValue;
  readonly rawBody: string;
}

async function eventOf(
  headers: Readonly<Record<string, string | readonly string[]>>,
  body: string,
) {
  const { hooks, context } = await servedWebhook({ 'inbound.auth.type': 'NONE' }, fakeContext());
  const { status } = await send(hooks, { headers, body });
  expect(status).toBe(200);
  const [event] = context.events;
  if (event === undefined) throw new Error('no event');
  const { request } = JSON.parse(JSON.stringify(event.scope));
  return { request, messageId: event.messageId, raw: event.raw };
}

describe('a known sender’s request is read', () => {
  test.each(fixtures)('%s', async (_file, { headers = {}, body, rawBody }) => {
    const { request, raw } = await eventOf(headers, rawBody);
    expect(request.body).toEqual(body);
    expect(Buffer.from(raw.body).toString()).toBe(rawBody);
  });
});

const envelope = { id: 'e1', source: 's', 'detail-type': 't', detail: {} };
const event = { specversion: '1.0', id: 'c1', source: '/orders', type: 't' };

describe('the message id is', () => {
  test.each<[string, object | JsonValue, Readonly<Record<string, string>>, string | undefined]>([
    ['the id of an EventBridge envelope', envelope, { 'webhook-id': 'w' }, 'e1'],
    ['apart for an archive replay', { ...envelope, 'replay-name': 'r1' }, {}, 'e1 r1'],
    ['source and id of a CloudEvent', event, { 'idempotency-key': 'k' }, '/orders c1'],
    [
      'source and id of a binary CloudEvent',
      { a: 1 },
      { 'ce-specversion': '1.0', 'ce-id': 'c2', 'ce-source': '/x', 'ce-type': 't' },
      '/x c2',
    ],
    ['webhook-id', {}, { 'Webhook-Id': 'w', 'x-github-delivery': 'g' }, 'w'],
    ['X-GitHub-Delivery', {}, { 'X-GitHub-Delivery': 'g', 'idempotency-key': 'k' }, 'g'],
    ['Idempotency-Key', {}, { 'Idempotency-Key': 'k' }, 'k'],
    ['nothing for half an envelope', { id: 'e1', source: 's' }, {}, undefined],
    ['nothing for an id that is no text', { ...envelope, id: 5 }, {}, undefined],
    ['nothing for a list', [envelope], {}, undefined],
    ['nothing for a text', 'e1', {}, undefined],
    ['nothing for an empty header', {}, { 'webhook-id': '' }, undefined],
  ])('%s', async (_name, body, headers, messageId) => {
    expect((await eventOf(headers, JSON.stringify(body))).messageId).toBe(messageId);
  });

  test('a digest when it is long, so that a sender doesn’t choose what is kept', async () => {
    const long = 'x'.repeat(257);
    const { messageId } = await eventOf({ 'webhook-id': long }, '');
    expect(messageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect((await eventOf({ 'webhook-id': `${long}y` }, '')).messageId).not.toBe(messageId);
  });
});

describe('a body is read as its media type says', () => {
  const form = 'application/x-www-form-urlencoded';
  test.each<[string, string | undefined, string, JsonValue]>([
    ['JSON', 'application/json', '{"a":[1,null]}', { a: [1, null] }],
    ['JSON with a charset', 'application/json; charset="UTF-8"', '{"ü":"ö"}', { ü: 'ö' }],
    ['JSON behind a byte order mark', 'application/json', '\ufeff{"a":1}', { a: 1 }],
    ['JSON of a vendor', 'application/vnd.api+json', '{"a":1}', { a: 1 }],
    ['JSON without type', undefined, '[1]', [1]],
    ['JSON in text/plain', 'text/plain', '{"a":1}', { a: 1 }],
    ['text in text/plain', 'text/plain; charset=utf-8', 'hello {ü}', 'hello {ü}'],
    ['text of another kind', 'text/csv', 'a,b\n1,2', 'a,b\n1,2'],
    ['text that looks like JSON', 'text/html', '{"a":1}', '{"a":1}'],
    [
      'JSON with a whole number beyond 2^53',
      undefined,
      '{"id":12345678901234567890}',
      { id: '12345678901234567890' },
    ],
    ['null, as {}', 'application/json', 'null', {}],
    ['nothing, as {}', 'image/png', '', {}],
    ['a form', form, 'a=1&b=x+y&c=%C3%BC', { a: '1', b: 'x y', c: 'ü' }],
    ['a form with a charset', `${form}; charset=UTF-8`, 'a=1', { a: '1' }],
    ['a form with = and & in values', form, 'a=b=c&d=%26%3D', { a: 'b=c', d: '&=' }],
    ['a form with a field twice', form, 'a=1&a=2&&flag', { a: '1', flag: '' }],
    [
      'a form whose fields are named like methods',
      form,
      'constructor=1&toString=2',
      { constructor: '1', toString: '2' },
    ],
    ['XML', 'application/xml', '<a>ü</a>', '<a>ü</a>'],
    ['XML of a vendor', 'application/soap+xml; charset=utf-8', '<a/>', '<a/>'],
    ['XML that looks like JSON', 'text/xml', '{"a":1}', '{"a":1}'],
  ])('%s', async (_name, type, body, expected) => {
    const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type };
    expect((await eventOf(headers, body)).request.body).toEqual(expected);
  });
});

test('headers are in lower case, the first of several values, without prototype', async () => {
  const { hooks, context } = await servedWebhook();
  await send(hooks, { headers: { 'X-Multi': ['one', 'two'], __proto__x: 'p', ToString: 't' } });
  const request = context.events[0]?.scope['request'];
  expect(request).toMatchObject({ headers: { 'x-multi': 'one', tostring: 't' } });
  const { headers } = JSON.parse(JSON.stringify(request));
  expect(Object.keys(headers)).toEqual(['x-multi', '__proto__x', 'tostring']);
});

test('a file handle, a secret reference or an expression in a body stays plain text', async () => {
  const body = {
    files: { upload: { filepath: '/etc/passwd' } },
    text: '{{secrets.KEY}}',
    expression: '=1+1',
  };
  const { request } = await eventOf({}, JSON.stringify(body));
  expect(request.body).toEqual(body);
});
