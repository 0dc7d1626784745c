import { readFileSync } from 'node:fs';
import { systemClock } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fakeContext } from './support/fake-context.ts';
import { send } from './support/send.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

/** A request, and what the sender's own library says of it (`vectors/signatures.json`). */
interface Vector {
  readonly name: string;
  readonly scheme: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly secret: string;
  /** Epoch seconds. */
  readonly now: number;
  readonly verdict: 'accept' | 'reject';
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('vectors/signatures.json', import.meta.url), 'utf8'),
);

/** Stripe's own library takes signatures from the future; here windows go both ways. */
const refusedHere = new Set(['stripe/future-3600s']);

const propertiesOf = ({ scheme, secret }: Vector): Properties => ({
  'inbound.method': 'any',
  'inbound.auth.type': 'NONE',
  'inbound.signature.scheme': scheme,
  'inbound.signature.secret': secret,
});

interface Sending {
  readonly properties?: Properties;
  /** Seconds after the vector's own time. */
  readonly later?: number;
}

async function deliver(vector: Vector, { properties = {}, later = 0 }: Sending = {}) {
  const [, origin = '', target = ''] = /^(https?:\/\/[^/]+)\/webhooks(.*)$/.exec(vector.url) ?? [];
  const clock = { ...systemClock, now: () => (vector.now + later) * 1000 };
  const { hooks, context } = await servedWebhook(
    { 'inbound.context': target.split(/[/?]/)[1] ?? '', ...propertiesOf(vector), ...properties },
    fakeContext(undefined, { clock }),
    { allowUnauthenticated: false, publicUrl: origin },
  );
  const { method, headers, body } = vector;
  const answer = await send(hooks, { method, path: target, headers, body });
  return { ...answer, reason: context.refusals[0]?.code, messageId: context.events[0]?.messageId };
}

const valid = (scheme: string): Vector => {
  const found = vectors.find((one) => one.scheme === scheme && one.verdict === 'accept');
  if (found === undefined) throw new Error(`there is no valid ${scheme}`);
  return found;
};
const schemes = [...new Set(vectors.map(({ scheme }) => scheme))];

test('there are vectors of seven senders', () => {
  expect(schemes).toHaveLength(7);
  expect(vectors).toHaveLength(61);
});

describe("a request is taken or refused as the sender's own library does", () => {
  test.each(vectors.map((vector) => [vector.name, vector] as const))('%s', async (name, vector) => {
    const { status, headers, reason } = await deliver(vector);
    if (vector.verdict === 'accept' && !refusedHere.has(name)) {
      expect(status).toBe(200);
    } else {
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toContain('Signature');
      expect(reason).toMatch(/^SIGNATURE_/);
    }
  });
});

describe('of a signature', () => {
  test.each([
    ['stripe', 300, 301],
    ['slack', 300, 301],
    ['standard-webhooks', 300, 301],
    ['svix', 300, 301],
  ])('of %s the time counts, before and after', async (scheme, inTime, outOfTime) => {
    const vector = valid(scheme);
    const tolerance = { 'inbound.signature.tolerance': 'PT5M' };
    const signedAt = Number(
      /t=(\d+)/.exec(vector.headers['Stripe-Signature'] ?? '')?.[1] ??
        Object.entries(vector.headers).find(([name]) => /timestamp/i.test(name))?.[1],
    );
    const offset = signedAt - vector.now;
    for (const [seconds, expected] of [
      [inTime, 200],
      [-inTime, 200],
      [outOfTime, 401],
      [-outOfTime, 401],
    ] as const) {
      const sending = { properties: tolerance, later: offset + seconds };
      expect((await deliver(vector, sending)).status).toBe(expected);
    }
    const narrow = { properties: { 'inbound.signature.tolerance': 'PT1M' }, later: offset + 61 };
    expect(await deliver(vector, narrow)).toMatchObject({
      status: 401,
      reason: 'SIGNATURE_OUT_OF_TIME',
    });
  });

  test.each(schemes)('of %s one of several secrets suffices', async (scheme) => {
    const vector = valid(scheme);
    const other = /standard|svix/.test(scheme) ? 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' : 'other';
    const secrets = (list: string[]) => ({
      'inbound.signature.secret': `=${JSON.stringify(list)}`,
    });
    const sending = { properties: secrets([other, vector.secret]) };
    expect((await deliver(vector, sending)).status).toBe(200);
    expect((await deliver(vector, { properties: secrets([other]) })).status).toBe(401);
  });

  test.each(schemes)('of %s every cut, addition and change of a bit is refused', async (scheme) => {
    const vector = valid(scheme);
    const [name = '', signature = ''] =
      Object.entries(vector.headers).find(([header]) => /signature|hmac/i.test(header)) ?? [];
    const last = signature.length - 1;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.integer({ min: 0, max: last }).map((end) => signature.slice(0, end)),
          fc
            .string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('0', 'a', '=', 'Z') })
            .map((more) => signature + more),
          fc
            .tuple(fc.integer({ min: 0, max: last }), fc.integer({ min: 0, max: 6 }))
            .map(([at, bit]) => {
              const changed = signature.charCodeAt(at) ^ (1 << bit);
              return (
                signature.slice(0, at) + String.fromCharCode(changed) + signature.slice(at + 1)
              );
            }),
        ),
        async (changed) => {
          const { status } = await deliver({
            ...vector,
            headers: { ...vector.headers, [name]: changed },
          });
          // Stripe's header says more than its signatures: what is no part of them changes nothing.
          if (scheme === 'stripe' && changed.startsWith(signature)) return;
          expect(status).toBe(401);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(schemes)('of %s the body is the one that was signed, to the byte', async (scheme) => {
    const vector = valid(scheme);
    for (const body of [`${vector.body} `, vector.body.slice(0, -1), '']) {
      expect((await deliver({ ...vector, body })).status).toBe(401);
    }
  });
});

describe('redeliveries are known by', () => {
  test.each([
    ['github', '72d3162e-cc78-11e3-81ab-4c9367dc0950'],
    ['twilio', '7c1f4b1e-0001-4c1e-9e1e-000000000001'],
    ['stripe', 'evt_1NG8Du2eZvKYlo2CUI79vXWy'],
    ['shopify', 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043'],
    ['standard-webhooks', 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W'],
    ['svix', 'msg_p5jXN8AQM9LWM0D4loKWxJek'],
  ])('the id that %s gives', async (scheme, messageId) => {
    expect((await deliver(valid(scheme))).messageId).toBe(messageId);
  });
});

describe('a model that cannot be right is refused', () => {
  const github = { 'inbound.signature.scheme': 'github', 'inbound.signature.secret': 's' };

  test.each<[string, Properties, RegExp]>([
    [
      'an unknown scheme',
      { ...github, 'inbound.signature.scheme': 'gitlab' },
      /no such signature is known.*Use github, twilio/s,
    ],
    [
      'no secret',
      { 'inbound.signature.scheme': 'github' },
      /inbound\.signature\.secret.*it is missing/s,
    ],
    [
      'a secret of another form',
      { 'inbound.signature.scheme': 'svix', 'inbound.signature.secret': 'whsec_no base64!' },
      /it is no secret of svix.*whsec_ and base64/s,
    ],
    [
      'a tolerance that is none',
      { ...github, 'inbound.signature.scheme': 'slack', 'inbound.signature.tolerance': '5m' },
      /tolerance.*no duration/s,
    ],
    [
      'a tolerance of signatures without time',
      { ...github, 'inbound.signature.tolerance': 'PT5M' },
      /signatures of github have no time/,
    ],
  ])('with %s', async (_name, properties, problem) => {
    const error = await servedWebhook(properties).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const text = JSON.stringify(Object(error).problems);
    expect(text).toMatch(problem);
    expect(text).not.toContain('no base64!');
  });

  test('none is as good as absent', async () => {
    const { hooks } = await servedWebhook({
      'inbound.auth.type': 'NONE',
      'inbound.signature.scheme': 'none',
    });
    expect((await send(hooks, { body: '{}' })).status).toBe(200);
  });
});

test('a signature and an API key are both demanded', async () => {
  const key = { 'inbound.auth.type': 'APIKEY', 'inbound.auth.apiKey': 'k' };
  const properties = { ...key, 'inbound.auth.apiKeyLocator': '=request.headers.apikey' };
  const vector = valid('github');
  expect((await deliver(vector, { properties })).status).toBe(401);
  const both = { ...vector, headers: { ...vector.headers, apikey: 'k' } };
  expect((await deliver(both, { properties })).status).toBe(200);
});
