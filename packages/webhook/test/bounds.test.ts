import { systemClock } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { fakeContext } from './support/fake-context.ts';
import { send } from './support/send.ts';
import { type Properties, servedWebhook } from './support/served-webhook.ts';

const json = { 'content-type': 'application/json' };
const key = { 'inbound.auth.type': 'APIKEY', 'inbound.auth.apiKey': 'k' };
const guarded: Properties = { ...key, 'inbound.auth.apiKeyLocator': '=request.headers.apikey' };

/** A webhook whose clock stands still until it is moved. */
async function timed(properties: Properties) {
  let now = 1_795_000_000_000;
  const context = fakeContext(undefined, { clock: { ...systemClock, now: () => now } });
  const { hooks } = await servedWebhook({ ...guarded, ...properties }, context);
  return {
    context,
    pass: (ms: number) => {
      now += ms;
    },
    deliver: (apikey = 'k') => send(hooks, { headers: { ...json, apikey }, body: '{}' }),
  };
}

describe('a webhook with a rate limit', () => {
  test('takes so many at once, the rest is told when to come back', async () => {
    const { deliver, pass, context } = await timed({ 'inbound.rateLimit': '2/s' });
    expect([(await deliver()).status, (await deliver()).status]).toEqual([200, 200]);
    const third = await deliver();
    expect(third).toMatchObject({ status: 429, json: { code: 'RATE_LIMITED' } });
    expect(third.headers['retry-after']).toBe('1');
    expect(context.events).toHaveLength(2);
    pass(500);
    expect([(await deliver()).status, (await deliver()).status]).toEqual([200, 429]);
  });

  test.each([
    ['3/m', 60_000, '20'],
    ['2/h', 3_600_000, '1800'],
  ])('of %s fills up again evenly', async (rateLimit, window, retryAfter) => {
    const { deliver, pass } = await timed({ 'inbound.rateLimit': rateLimit });
    const count = Number(rateLimit[0]);
    for (let index = 0; index < count; index++) expect((await deliver()).status).toBe(200);
    expect((await deliver()).headers['retry-after']).toBe(retryAfter);
    pass(window / count);
    expect([(await deliver()).status, (await deliver()).status]).toEqual([200, 429]);
    pass(10 * window);
    for (let index = 0; index < count; index++) expect((await deliver()).status).toBe(200);
    expect((await deliver()).status).toBe(429);
  });

  test('is not used up by strangers', async () => {
    const { deliver } = await timed({ 'inbound.rateLimit': '1/h' });
    for (let index = 0; index < 5; index++) expect((await deliver('wrong')).status).toBe(401);
    expect((await deliver()).status).toBe(200);
  });
});

describe('a webhook with a payload schema', () => {
  const schema = JSON.stringify({
    type: 'object',
    required: ['orderId'],
    properties: {
      orderId: { type: 'string', pattern: '^[A-Z]\\d+$' },
      lines: { type: 'array', items: { $ref: '#/$defs/line' } },
    },
    $defs: { line: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } } },
  });
  const deliver = async (
    body: unknown,
    payloadSchema = schema,
    headers: Record<string, string> = json,
  ) => {
    const { hooks, context } = await servedWebhook({
      'inbound.auth.type': 'NONE',
      'inbound.payloadSchema': payloadSchema,
    });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { ...(await send(hooks, { headers, body: text })), context };
  };

  test('takes what fits', async () => {
    const { status, context } = await deliver({ orderId: 'A1', lines: [{ sku: 'x' }], more: 1 });
    expect(status).toBe(200);
    expect(context.events).toHaveLength(1);
  });

  test.each([
    ['a member that is missing', {}, '/'],
    ['a text of another form', { orderId: 'secret-17' }, '/orderId'],
    ['a member deep inside', { orderId: 'A1', lines: [{ sku: 'x' }, { sku: 5 }] }, '/lines/1/sku'],
    ['no object', [1], '/'],
  ])('says where %s is, and not what', async (_name, body, place) => {
    const { status, json: problem, context } = await deliver(body);
    expect(status).toBe(422);
    expect(problem).toMatchObject({
      code: 'PAYLOAD_INVALID',
      detail: `It does not fit at ${place}`,
    });
    expect(JSON.stringify(problem)).not.toContain('secret-17');
    expect(context.events).toEqual([]);
    expect(context.refusals).toEqual([{ step: 'schema', code: 'PAYLOAD_INVALID', status: 422 }]);
  });

  test('names five places at the most', async () => {
    const all = JSON.stringify({ items: { type: 'string' } });
    const { json: problem } = await deliver([1, 2, 3, 4, 5, 6, 7], all);
    expect(problem).toMatchObject({ detail: 'It does not fit at /0, /1, /2, /3, /4' });
  });

  test('tells the first place of a long body, and in a time that does not grow beyond it', async () => {
    const lines = Array.from({ length: 200_000 }, () => 0);
    const began = performance.now();
    const { status, json: problem } = await deliver({ orderId: 'A1', lines });
    expect(status).toBe(422);
    expect(problem).toMatchObject({ detail: 'It does not fit at /lines/0' });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('takes a long body that fits one of several forms', async () => {
    const list = (type: string) => ({ type: 'array', items: { type } });
    const either = JSON.stringify({ anyOf: [list('string'), list('number')] });
    const { status } = await deliver(
      Array.from({ length: 200_000 }, () => 0),
      either,
    );
    expect(status).toBe(200);
  });

  test('compares the items of lists each with each other only up to 1000 of them', async () => {
    const unique = JSON.stringify({
      properties: {
        ids: { type: 'array', uniqueItems: true },
        uniqueItems: true,
        kind: { const: { uniqueItems: true } },
      },
    });
    const ids = Array.from({ length: 1000 }, (_, index) => index);
    const fitting = {
      ids,
      uniqueItems: [1, 1],
      kind: { uniqueItems: true },
      other: [...ids, 1, 1],
    };
    expect((await deliver(fitting, unique)).status).toBe(200);
    for (const wrong of [{ ids: [1, 2, 1] }, { ids: [...ids, 1000] }, { kind: {} }]) {
      const { status, json: problem } = await deliver(wrong, unique);
      expect(status).toBe(422);
      const [name] = Object.keys(wrong);
      expect(problem).toMatchObject({ detail: `It does not fit at /${name}` });
    }
    const began = performance.now();
    await deliver({ ids: Array.from({ length: 200_000 }, (_, index) => index) }, unique);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test('goes by the draft that the schema names', async () => {
    const draft7 = JSON.stringify({
      $schema: 'http://json-schema.org/draft-07/schema#',
      definitions: { id: { type: 'integer' } },
      properties: { id: { $ref: '#/definitions/id' } },
    });
    expect((await deliver({ id: 5 }, draft7)).status).toBe(200);
    expect((await deliver({ id: 'x' }, draft7)).status).toBe(422);
  });

  test('looks at forms as at any other body', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await deliver('orderId=A1', schema, form)).status).toBe(200);
    expect((await deliver('order=A1', schema, form)).status).toBe(422);
  });

  test('answers a challenge before', async () => {
    const { hooks } = await servedWebhook({
      'inbound.auth.type': 'NONE',
      'inbound.payloadSchema': schema,
      'inbound.verificationExpression':
        '=if request.body.challenge != null then {body: request.body.challenge} else null',
    });
    const answer = await send(hooks, { headers: json, body: '{"challenge": "c"}' });
    expect(answer).toMatchObject({ status: 200, body: 'c' });
  });
});
