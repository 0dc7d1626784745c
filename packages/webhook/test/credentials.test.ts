import { describe, expect, test } from '@jest/globals';
import { type Sent, send } from './support/send.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const basicOf = (text: string): Sent => ({ headers: { Authorization: `Basic ${base64(text)}` } });

interface Scheme {
  readonly properties: Properties;
  readonly challenge: string;
  readonly accepted: Readonly<Record<string, Sent>>;
  /** With the reason the operator is told. */
  readonly refused: Readonly<Record<string, readonly [reason: string, sent: Sent]>>;
}

const schemes: Readonly<Record<string, Scheme>> = {
  BASIC: {
    properties: {
      'inbound.auth.type': 'BASIC',
      'inbound.auth.username': 'eventbridge',
      'inbound.auth.password': '=["s3cr3t:with:colons", "nächstes"]',
    },
    challenge: 'Basic realm="webhook", charset="UTF-8"',
    accepted: {
      'the first password, colons and all': basicOf('eventbridge:s3cr3t:with:colons'),
      'the second password': basicOf('eventbridge:nächstes'),
      'a scheme in other letters': {
        headers: { authorization: `bASIC ${base64('eventbridge:nächstes')}` },
      },
    },
    refused: {
      'no header': ['CREDENTIALS_MISSING', {}],
      'an empty header': ['CREDENTIALS_MISSING', { headers: { authorization: '' } }],
      'no token': ['CREDENTIALS_MISSING', { headers: { authorization: 'Basic ' } }],
      'another scheme': ['CREDENTIALS_MISSING', { headers: { authorization: 'Bearer abc' } }],
      'two blanks': [
        'CREDENTIALS_MISSING',
        { headers: { authorization: `Basic  ${base64('eventbridge:nächstes')}` } },
      ],
      'what is no base64': ['CREDENTIALS_MISSING', { headers: { authorization: 'Basic !!' } }],
      'the header twice': [
        'AUTHORIZATION_REPEATED',
        {
          headers: {
            authorization: [`Basic ${base64('eventbridge:nächstes')}`, 'Basic eDp5'],
          },
        },
      ],
      'a list in one header': [
        'CREDENTIALS_MISSING',
        { headers: { authorization: `Basic ${base64('eventbridge:nächstes')}, Basic eDp5` } },
      ],
      'a wrong password': ['CREDENTIALS_WRONG', basicOf('eventbridge:wrong')],
      'no password': ['CREDENTIALS_WRONG', basicOf('eventbridge:')],
      'no colon': ['CREDENTIALS_WRONG', basicOf('eventbridge')],
      'another user': ['CREDENTIALS_WRONG', basicOf('x:nächstes')],
      'a user in other letters': ['CREDENTIALS_WRONG', basicOf('EventBridge:nächstes')],
      'a password cut short': ['CREDENTIALS_WRONG', basicOf('eventbridge:nächste')],
      'a password with more behind it': ['CREDENTIALS_WRONG', basicOf('eventbridge:nächstes ')],
      'the list as it is written': [
        'CREDENTIALS_WRONG',
        basicOf('eventbridge:=["s3cr3t:with:colons", "nächstes"]'),
      ],
    },
  },
  'APIKEY in a header': {
    properties: {
      'inbound.auth.type': 'APIKEY',
      'inbound.auth.apiKey': '=["k-1f2e3d4c", "k-2"]',
      'inbound.auth.apiKeyLocator': '=request.headers.apiKey',
    },
    challenge: 'ApiKey realm="webhook"',
    accepted: {
      'the first key': { headers: { ApiKey: 'k-1f2e3d4c' } },
      'the second key': { headers: { apikey: 'k-2' } },
    },
    refused: {
      'no header': ['CREDENTIALS_MISSING', {}],
      'an empty header': ['CREDENTIALS_MISSING', { headers: { apikey: '' } }],
      'a wrong key': ['CREDENTIALS_WRONG', { headers: { apikey: 'k-3' } }],
      'a key cut short': ['CREDENTIALS_WRONG', { headers: { apikey: 'k-1f2e3d4' } }],
      'a key with more behind it': ['CREDENTIALS_WRONG', { headers: { apikey: 'k-1f2e3d4c0' } }],
      'a wrong key before the right one': [
        'CREDENTIALS_WRONG',
        { headers: { apikey: ['k-3', 'k-2'] } },
      ],
      'the key as a parameter': ['CREDENTIALS_MISSING', { path: '/orders?apikey=k-2' }],
    },
  },
  'APIKEY by a locator without =': {
    properties: {
      'inbound.auth.type': 'APIKEY',
      'inbound.auth.apiKey': 'k',
      'inbound.auth.apiKeyLocator': 'request.headers.x-api-key',
    },
    challenge: 'ApiKey realm="webhook"',
    accepted: { 'the key': { headers: { 'X-Api-Key': 'k' } } },
    refused: { 'no header': ['CREDENTIALS_MISSING', {}] },
  },
  'APIKEY without a locator': {
    properties: { 'inbound.auth.type': 'APIKEY', 'inbound.auth.apiKey': 'k' },
    challenge: 'ApiKey realm="webhook"',
    accepted: { 'the key where the EventBridge templates put it': { headers: { apikey: 'k' } } },
    refused: { 'no header': ['CREDENTIALS_MISSING', {}] },
  },
  'APIKEY by the generic template’s locator': {
    properties: {
      'inbound.auth.type': 'APIKEY',
      'inbound.auth.apiKey': 'k',
      'inbound.auth.apiKeyLocator': '=split(request.headers.authorization, " ")[2]',
    },
    challenge: 'ApiKey realm="webhook"',
    accepted: { 'Splunk’s header': { headers: { Authorization: 'Splunk k' } } },
    refused: {
      'no header': ['CREDENTIALS_MISSING', {}],
      'a bare key': ['CREDENTIALS_MISSING', { headers: { authorization: 'k' } }],
      'a wrong key': ['CREDENTIALS_WRONG', { headers: { authorization: 'Splunk x' } }],
    },
  },
  'APIKEY in the body': {
    properties: {
      'inbound.auth.type': 'APIKEY',
      'inbound.auth.apiKey': '5',
      'inbound.auth.apiKeyLocator': '=request.body.key',
    },
    challenge: 'ApiKey realm="webhook"',
    accepted: {
      'a number': { body: '{"key":5}' },
      'a text': { body: '{"key":"5"}' },
    },
    refused: {
      'what cannot be parsed': ['JSON_MALFORMED', { body: '{"key":"5"' }],
      'what is not supported': [
        'MEDIA_TYPE_UNSUPPORTED',
        { body: 'x', headers: { 'content-type': 'image/png' } },
      ],
      null: ['CREDENTIALS_MISSING', { body: 'null' }],
      'a list': ['CREDENTIALS_MISSING', { body: '{"key":["5"]}' }],
      'true, though it is written so': ['CREDENTIALS_MISSING', { body: '{"key":true}' }],
      'a wrong key': ['CREDENTIALS_WRONG', { body: '{"key":"6"}' }],
    },
  },
};

describe.each(Object.entries(schemes))('%s', (_name, scheme) => {
  test.each(Object.entries(scheme.accepted))('takes %s', async (_case, sent) => {
    const { hooks, context } = await servedWebhook(scheme.properties);
    expect((await send(hooks, sent)).status).toBe(200);
    expect(context.events).toHaveLength(1);
  });

  test.each(Object.entries(scheme.refused))('refuses %s', async (_case, [reason, sent]) => {
    const { hooks, context } = await servedWebhook(scheme.properties);
    const answer = await send(hooks, sent);
    expect(answer).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': scheme.challenge },
    });
    expect(context.refusals).toEqual([{ step: 'authenticate', code: reason, status: 401 }]);
    expect(context.events).toEqual([]);
  });

  test('answers all 401s alike', async () => {
    const { hooks } = await servedWebhook(scheme.properties);
    const answers = await Promise.all(
      Object.values(scheme.refused).map(async ([, sent]) =>
        JSON.stringify(await send(hooks, sent)),
      ),
    );
    expect(new Set(answers).size).toBe(1);
  });
});

test('a request is authenticated before its body is parsed', async () => {
  const { hooks } = await servedWebhook(schemes['BASIC']?.properties);
  expect((await send(hooks, { body: '{' })).status).toBe(401);
});

test('every change of one character of a key is refused', async () => {
  const key = 'k-1f2e3d4c';
  const { hooks } = await servedWebhook({
    'inbound.auth.type': 'APIKEY',
    'inbound.auth.apiKey': key,
  });
  for (let index = 0; index < key.length; index++) {
    const changed = `${key.slice(0, index)}#${key.slice(index + 1)}`;
    for (const apikey of [changed, key.slice(0, index), key + changed]) {
      expect((await send(hooks, { headers: { apikey } })).status).toBe(401);
    }
  }
});

describe('a stored delivery', () => {
  test.each<[string, Sent, string]>([
    ['BASIC', basicOf('eventbridge:nächstes'), base64('eventbridge:nächstes')],
    ['APIKEY in a header', { headers: { ApiKey: 'k-1f2e3d4c' } }, 'k-1f2e3d4c'],
    [
      'APIKEY by the generic template’s locator',
      { headers: { Authorization: 'Splunk k' } },
      'Splunk',
    ],
  ])('of %s holds no credentials', async (name, sent, secret) => {
    const { hooks, context } = await servedWebhook(schemes[name]?.properties);
    const headers = { ...sent.headers, Cookie: 'session=1', 'X-Other': 'kept' };
    await send(hooks, { headers, path: `/orders?token=${secret}`, body: '{"a":1}' });
    const envelope = context.events[0]?.raw.envelope;
    expect(envelope?.['headers']).toEqual([
      Object.keys(headers)[0],
      '***',
      'Cookie',
      '***',
      'X-Other',
      'kept',
    ]);
    if (name === 'APIKEY in a header')
      expect(envelope?.['target']).toBe('/webhooks/orders?token=***');
  });

  test('has the key in its body masked, too', async () => {
    const { hooks, context } = await servedWebhook({
      'inbound.auth.type': 'APIKEY',
      'inbound.auth.apiKey': 'k-1f2e3d4c',
      'inbound.auth.apiKeyLocator': '=request.body.key',
    });
    await send(hooks, { body: '{"key":"k-1f2e3d4c","a":1}' });
    const body = context.events[0]?.raw.body ?? new Uint8Array();
    expect(Buffer.from(body).toString()).toBe('{"key":"***","a":1}');
  });

  const withSigns = 'k/1+ü "=';
  const inBody = {
    'inbound.auth.type': 'APIKEY',
    'inbound.auth.apiKey': withSigns,
    'inbound.auth.apiKeyLocator': '=request.body.key',
  };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test.each([
    ['as PHP writes JSON', {}, '{"key":"k\\/1+\\u00fc \\"=","a":1}', '{"key":"***","a":1}'],
    [
      'in capital escapes',
      {},
      '{"a":[1,{"key":null}],"key":"k/1+\\u00FC \\"\\u003D"}',
      '{"a":[1,{"key":null}],"key":"***"}',
    ],
    ['in a form', form, 'a=%20&key=k%2F1%2B%C3%BC+%22%3D', 'a=%20&key=***'],
    ['in a form by capital and small digits', form, 'key=k%2f1%2b%c3%bc%20%22%3d&b', 'key=***&b'],
  ])(
    'has the key in its body masked however it is written: %s',
    async (_name, headers, body, kept) => {
      const { hooks, context } = await servedWebhook(inBody);
      expect((await send(hooks, { headers, body })).status).toBe(200);
      expect(Buffer.from(context.events[0]?.raw.body ?? []).toString()).toBe(kept);
    },
  );

  test('has a key that is a number masked so that it can still be read', async () => {
    const { hooks, context } = await servedWebhook({ ...inBody, 'inbound.auth.apiKey': '4711' });
    expect((await send(hooks, { body: '{"key":4711,"a":47112}' })).status).toBe(200);
    const body = Buffer.from(context.events[0]?.raw.body ?? []).toString();
    expect(body).toBe('{"key":"***","a":47112}');
  });

  test('has the key in its query masked however it is written', async () => {
    const { hooks, context } = await servedWebhook({
      ...inBody,
      'inbound.auth.apiKeyLocator': '=request.params.key',
    });
    const path = '/orders?a=%2F&key=k%2f1%2B%C3%BC+%22%3d&b';
    expect((await send(hooks, { path, body: '{}' })).status).toBe(200);
    expect(context.events[0]?.raw.envelope['target']).toBe('/webhooks/orders?a=%2F&key=***&b');
  });

  test('of a batch of events has the key masked in each', async () => {
    const { hooks, context } = await servedWebhook({
      ...inBody,
      'inbound.auth.apiKeyLocator': '=request.body[1].key',
    });
    const event = { specversion: '1.0', type: 't', source: 's', key: withSigns };
    const body = JSON.stringify([
      { ...event, id: '1' },
      { ...event, id: '2' },
    ]);
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    expect((await send(hooks, { headers, body })).status).toBe(200);
    const kept = context.events.map(({ raw }) => JSON.parse(Buffer.from(raw.body).toString()));
    expect(kept).toEqual([
      { ...event, id: '1', key: '***' },
      { ...event, id: '2', key: '***' },
    ]);
  });
});
