import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { WebhookOptions } from '../src/index.ts';
import { type Sent, send } from './support/send.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

const secret = 'It is a secret';
const hmac: Properties = {
  'inbound.shouldValidateHmac': 'enabled',
  'inbound.hmacSecret': secret,
  'inbound.hmacHeader': 'X-Signature',
  'inbound.hmacAlgorithm': 'sha_256',
};
const signatureOf = (content: string, key = secret): string =>
  createHmac('sha256', key).update(content).digest('hex');

const json = { 'content-type': 'application/json', host: 'hooks.example.com' };
const form = { ...json, 'content-type': 'application/x-www-form-urlencoded' };

interface Signing {
  readonly scopes?: string;
  readonly sent: Sent;
  /** What the sender signed. */
  readonly content: string;
}

const url = 'http://hooks.example.com/webhooks/orders';

const signings: Readonly<Record<string, Signing>> = {
  'a body, blanks and all': {
    sent: { headers: json, body: '{ "a" : 1 }\n' },
    content: '{ "a" : 1 }\n',
  },
  'no body': { sent: { headers: json }, content: '' },
  'a body that is no UTF-8 text': {
    sent: { headers: { ...json, 'content-type': 'text/plain' }, body: '"\u00e4"' },
    content: '"\u00e4"',
  },
  'a URL with parameters': {
    scopes: '=["URL", "parameters"]',
    sent: { method: 'GET', headers: json, path: "/orders?b=1%202&a=%C3%A4'&b=3" },
    content: `${url}?b=1+2&a=%C3%A4%27`,
  },
  'a URL with a form, sorted as Twilio does': {
    scopes: '=["url", "body"]',
    sent: { headers: form, body: 'To=%2B4917&Body=Hi+there&From=%2B1' },
    content: `${url}BodyHi thereFrom+1To+4917`,
  },
  'a URL with an object of texts, which counts as a form': {
    scopes: '["body", "url"]',
    sent: { headers: json, body: '{ "b": "2", "a": "1" }' },
    content: `${url}a1b2`,
  },
  'a URL with a list, written again': {
    scopes: 'url, body',
    sent: { headers: json, body: '[ 1, "x" ]' },
    content: `${url}[1,"x"]`,
  },
  'of a GET URL and parameters': {
    scopes: '=["url", "body", "parameters"]',
    sent: { method: 'GET', headers: json, path: '/orders?a=1' },
    content: `${url}?a=1`,
  },
  'of a POST URL and body': {
    scopes: '=["url", "body", "parameters"]',
    sent: { headers: form, path: '/orders?a=1', body: 'x=y' },
    content: `${url}xy`,
  },
};

const propertiesOf = ({ scopes }: Signing): Properties =>
  scopes === undefined ? hmac : { ...hmac, 'inbound.hmacScopes': scopes };

const signed = (sent: Sent, signature: string): Sent => ({
  ...sent,
  headers: { ...sent.headers, 'x-signature': signature },
});

async function statusOf(
  properties: Properties,
  sent: Sent,
  options: WebhookOptions & { readonly remoteAddress?: string } = {},
): Promise<number> {
  const { remoteAddress = '198.51.100.7', ...own } = options;
  const served = await servedWebhook(properties, undefined, {
    allowUnauthenticated: false,
    ...own,
  });
  return (await send(served.hooks, { ...sent, remoteAddress })).status;
}

describe('a signature over', () => {
  test.each(Object.entries(signings))('%s is taken', async (_name, signing) => {
    const signature = signatureOf(signing.content);
    expect(await statusOf(propertiesOf(signing), signed(signing.sent, signature))).toBe(200);
  });

  test.each(Object.entries(signings))(
    '%s and something else is refused',
    async (_name, signing) => {
      const signature = signatureOf(`${signing.content} `);
      expect(await statusOf(propertiesOf(signing), signed(signing.sent, signature))).toBe(401);
    },
  );

  test('an object with something that is no text cannot be checked, and is refused', async () => {
    const properties = { ...hmac, 'inbound.hmacScopes': '=["url", "body"]' };
    const { hooks, context } = await servedWebhook(properties);
    const sent = { headers: json, body: '{"a":"1","b":2}' };
    expect((await send(hooks, signed(sent, signatureOf(`${url}a1b2`)))).status).toBe(401);
    expect(context.refusals).toMatchObject([{ code: 'SIGNATURE_NOT_APPLICABLE' }]);
  });
});

const body = '{"id":"1"}';
const sent: Sent = { headers: json, body };
const good = signatureOf(body);

describe('a signature', () => {
  test.each([
    ['in hexadecimal', good],
    ['behind a tag', `sha256=${good}`],
    ['behind another tag', `v1=${good}`],
    ['in base64', Buffer.from(good, 'hex').toString('base64')],
  ])('%s is taken', async (_name, signature) => {
    expect(await statusOf(hmac, signed(sent, signature))).toBe(200);
  });

  test.each([
    ['in upper case', good.toUpperCase(), 'SIGNATURE_MALFORMED'],
    [
      'in base64 behind a tag',
      `sha256=${Buffer.from(good, 'hex').toString('base64')}`,
      'SIGNATURE_MALFORMED',
    ],
    ['in base64url', Buffer.from(good, 'hex').toString('base64url'), 'SIGNATURE_MALFORMED'],
    ['that is empty', '', 'SIGNATURE_MALFORMED'],
    [
      'of another algorithm',
      createHmac('sha512', secret).update(body).digest('hex'),
      'SIGNATURE_MALFORMED',
    ],
    ['by another secret', signatureOf(body, 'another'), 'SIGNATURE_WRONG'],
    ['of the same data written otherwise', signatureOf('{ "id": "1" }'), 'SIGNATURE_WRONG'],
  ])('%s is refused, and the operator is told why', async (_name, signature, code) => {
    const { hooks, context } = await servedWebhook(hmac);
    const answer = await send(hooks, signed(sent, signature));
    expect(answer.headers['www-authenticate']).toBe('HMAC realm="webhook"');
    expect(context.refusals).toEqual([{ step: 'authenticate', code, status: 401 }]);
    expect(context.events).toEqual([]);
  });

  test('that is missing is refused, whatever else is there', async () => {
    expect(await statusOf(hmac, { ...sent, headers: { ...json, apikey: good } })).toBe(401);
  });

  test.each(['sha_1', 'sha_256', 'sha_512'])('by %s is taken', async (algorithm) => {
    const signature = createHmac(algorithm.replace('_', ''), secret).update(body).digest('hex');
    const properties = { ...hmac, 'inbound.hmacAlgorithm': algorithm };
    expect(await statusOf(properties, signed(sent, signature))).toBe(200);
  });

  test.each(['old', 'new'])('by the %s secret of two is taken', async (key) => {
    const properties = { ...hmac, 'inbound.hmacSecret': '=["old", "new"]' };
    expect(await statusOf(properties, signed(sent, signatureOf(body, key)))).toBe(200);
  });

  test('is verified before the body is parsed', async () => {
    expect(await statusOf(hmac, signed({ headers: json, body: '{' }, good))).toBe(401);
  });

  test('and credentials are both demanded where both are set', async () => {
    const both = { ...hmac, 'inbound.auth.type': 'APIKEY', 'inbound.auth.apiKey': 'k' };
    const { hooks } = await servedWebhook(both);
    const statusWith = async (headers: Readonly<Record<string, string>>) =>
      (await send(hooks, { ...sent, headers: { ...json, ...headers } })).status;
    expect(await statusWith({ 'x-signature': good, apikey: 'k' })).toBe(200);
    expect(await statusWith({ 'x-signature': good })).toBe(401);
    expect(await statusWith({ apikey: 'k' })).toBe(401);
  });
});

describe('the URL that is signed', () => {
  const properties = { ...hmac, 'inbound.hmacScopes': '=["url", "parameters"]' };
  const forwarded = {
    ...json,
    'x-forwarded-proto': 'http, https',
    'x-forwarded-host': 'evil.example, public.example',
  };
  const statusFor = (signedUrl: string, headers: Sent['headers'], options = {}) =>
    statusOf(
      properties,
      signed({ method: 'GET', headers: headers ?? {} }, signatureOf(`${signedUrl}?`)),
      options,
    );

  test('is the public one, whatever headers say', async () => {
    const options = {
      publicUrl: 'https://hooks.shop.example/base/',
      trustedProxies: ['0.0.0.0/0'],
    };
    const status = await statusFor(
      'https://hooks.shop.example/base/webhooks/orders',
      forwarded,
      options,
    );
    expect(status).toBe(200);
  });

  test.each([['198.51.100.7'], ['198.51.100.0/24'], ['::ffff:198.51.100.7']])(
    'is what a trusted proxy (%s) says last',
    async (proxy) => {
      const status = await statusFor('https://public.example/webhooks/orders', forwarded, {
        trustedProxies: ['10.0.0.0/8', proxy],
      });
      expect(status).toBe(200);
    },
  );

  test('is seen through an address that is mapped into IPv6', async () => {
    const options = { trustedProxies: ['198.51.100.0/24'], remoteAddress: '::ffff:198.51.100.9' };
    expect(await statusFor('https://public.example/webhooks/orders', forwarded, options)).toBe(200);
  });

  test('is what a trusted proxy adds as a header of its own', async () => {
    const headers = {
      ...json,
      'x-forwarded-proto': ['http', 'https'],
      'x-forwarded-host': ['evil.example', 'public.example'],
    };
    const options = { trustedProxies: ['198.51.100.0/24'] };
    expect(await statusFor('https://public.example/webhooks/orders', headers, options)).toBe(200);
    expect(await statusFor('http://evil.example/webhooks/orders', headers, options)).toBe(401);
  });

  test.each([
    ['nobody is trusted', []],
    ['others are trusted', ['198.51.100.70', '98.51.100.7', '10.0.0.0/8']],
  ])('is not taken from a stranger’s headers: %s', async (_name, trustedProxies) => {
    const options = { trustedProxies };
    expect(await statusFor('https://public.example/webhooks/orders', forwarded, options)).toBe(401);
    expect(await statusFor(url, forwarded, options)).toBe(200);
  });

  test.each([
    ['198.51.100'],
    ['198.51.100.0/33'],
    ['::1/129'],
    ['10.0.0.0/8/8'],
    ['proxy.example'],
  ])('is refused to be configured with the proxy %s', async (proxy) => {
    await expect(servedWebhook({}, undefined, { trustedProxies: [proxy] })).rejects.toThrow(
      'trustedProxies',
    );
  });
});
