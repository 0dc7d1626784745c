import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Sent, send } from './support/send.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

interface Scheme {
  readonly properties: (list: string) => Properties;
  readonly present: (secret: string) => Sent;
}

const schemes: Readonly<Record<string, Scheme>> = {
  BASIC: {
    properties: (list) => ({
      'inbound.auth.type': 'BASIC',
      'inbound.auth.username': 'user',
      'inbound.auth.password': list,
    }),
    present: (secret) => ({
      headers: { authorization: `Basic ${Buffer.from(`user:${secret}`).toString('base64')}` },
    }),
  },
  APIKEY: {
    properties: (list) => ({ 'inbound.auth.type': 'APIKEY', 'inbound.auth.apiKey': list }),
    present: (secret) => ({ headers: { apikey: secret } }),
  },
};

const secrets = fc.uniqueArray(fc.stringMatching(/^[\w.:+/=-]{1,24}$/), {
  minLength: 2,
  maxLength: 6,
});

test.each(Object.entries(schemes))(
  '%s takes each secret of a rotation list, and none that was taken off it',
  async (_name, { properties, present }) => {
    await fc.assert(
      fc.asyncProperty(secrets, async ([withdrawn = '', ...listed]) => {
        const { hooks } = await servedWebhook(properties(`=${JSON.stringify(listed)}`));
        for (const secret of listed) {
          expect((await send(hooks, present(secret))).status).toBe(200);
        }
        expect((await send(hooks, present(withdrawn))).status).toBe(401);
      }),
    );
  },
);
