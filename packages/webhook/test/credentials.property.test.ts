import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Sent, send } from './support/send.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

const body = '{"id":"1"}';

interface Scheme {
  readonly properties: Properties;
  /** The credential that is taken. */
  readonly credential: string;
  readonly present: (credential: string) => Sent;
}

const header =
  (name: string, prefix = '') =>
  (credential: string): Sent => ({ headers: { [name]: prefix + credential }, body });

const sign = (encoding: 'hex' | 'base64'): string =>
  createHmac('sha256', 'secret').update(body).digest(encoding);

const hmac = {
  'inbound.shouldValidateHmac': 'enabled',
  'inbound.hmacSecret': 'secret',
  'inbound.hmacHeader': 'x-signature',
  'inbound.hmacAlgorithm': 'sha_256',
};

const schemes: Readonly<Record<string, Scheme>> = {
  BASIC: {
    properties: {
      'inbound.auth.type': 'BASIC',
      'inbound.auth.username': 'user',
      'inbound.auth.password': 'pa:ss',
    },
    // Decoded, so that each change is one of what is compared.
    credential: 'user:pa:ss',
    present: (text) => header('authorization', 'Basic ')(Buffer.from(text).toString('base64')),
  },
  APIKEY: {
    properties: { 'inbound.auth.type': 'APIKEY', 'inbound.auth.apiKey': 'k-1f2e3d4c' },
    credential: 'k-1f2e3d4c',
    present: header('apikey'),
  },
  'HMAC in hexadecimal': {
    properties: hmac,
    credential: sign('hex'),
    present: header('x-signature'),
  },
  'HMAC in base64': {
    properties: hmac,
    credential: sign('base64'),
    present: header('x-signature'),
  },
};

/** Every way to cut a text short, to lengthen it, or to change one bit of it. */
const changed = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.nat({ max: text.length - 1 }).map((length) => text.slice(0, length)),
    fc.string({ minLength: 1, maxLength: 5 }).map((more) => text + more),
    fc.string({ minLength: 1, maxLength: 5 }).map((more) => more + text),
    fc.tuple(fc.nat({ max: text.length - 1 }), fc.nat({ max: 6 })).map(([at, bit]) => {
      const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
      return text.slice(0, at) + flipped + text.slice(at + 1);
    }),
  );

describe.each(Object.entries(schemes))('%s', (_name, { properties, credential, present }) => {
  test('takes the credential, and refuses whatever is cut, lengthened or one bit away', async () => {
    const { hooks } = await servedWebhook(properties);
    expect((await send(hooks, present(credential))).status).toBe(200);
    await fc.assert(
      fc.asyncProperty(changed(credential), async (other) => {
        // A tag before the signature is how many senders write it.
        fc.pre(other !== credential && other.replace(/^[\w-]+=/, '') !== credential);
        expect((await send(hooks, present(other))).status).toBe(401);
      }),
      { numRuns: 500 },
    );
  });

  test('refuses a signature or credential of another body or secret, whatever it is', async () => {
    const { hooks } = await servedWebhook(properties);
    await fc.assert(
      fc.asyncProperty(fc.string(), async (other) => {
        fc.pre(other !== credential);
        expect((await send(hooks, present(other))).status).toBe(401);
      }),
    );
  });
});
