import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { DescribeEventBusCommand } from '@aws-sdk/client-eventbridge';
import { type LocalEventBridge, manualClock } from '@bpmn-connectors/testing';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Answer, type ReceivedRequest, startReceiver } from './local-event-bridge/receiver.ts';
import { clientOf, endAll, endings, entry, put, start } from './local-event-bridge/set-up.ts';

afterEach(endAll);

async function receiver(answer: (request: ReceivedRequest, index: number) => Answer) {
  const started = await startReceiver(answer);
  endings.push(started.close);
  return started;
}

interface RecordedRequests {
  readonly path: string;
  readonly rawBody: string;
  readonly body: Readonly<Record<'id' | 'source' | 'detail-type' | 'time', string>> & {
    readonly detail: unknown;
  };
  readonly requests: Readonly<Record<string, { readonly headers: Record<string, string> }>>;
}

const basic = { type: 'BASIC', username: 'eventbridge', password: 's3cr3t:with:colons' } as const;

function route(
  bridge: LocalEventBridge,
  url: string,
  authorization: Parameters<LocalEventBridge['createConnection']>[0]['authorization'] = basic,
): void {
  bridge.createConnection({ name: 'shop', authorization });
  bridge.createApiDestination({ name: 'hook', connection: 'shop', url });
  bridge.putRule({
    name: 'orders',
    eventPattern: { source: [{ prefix: 'shop.' }] },
    targets: ['hook'],
    deadLetter: 'orders-dlq',
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Sends a request that no SDK would send. */
function post(url: string, headers: Record<string, string>, body: string) {
  return new Promise<{ status: number; rawHeaders: string[]; body: string }>((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          rawHeaders: response.rawHeaders,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

const signed = {
  'x-amz-target': 'AWSEvents.PutEvents',
  'x-amz-date': '20260101T000000Z',
  authorization: `AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/events/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
};

describe('PutEvents', () => {
  test('accepts events and keeps them as envelopes', async () => {
    const bridge = await start({ clock: manualClock(Date.UTC(2026, 0, 2, 3, 4, 5, 678)) });
    const answer = await put(clientOf(bridge), entry({ Resources: ['arn:x'] }));
    expect(answer).toMatchObject({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.any(String) }],
    });
    expect(bridge.events).toEqual([
      {
        version: '0',
        id: answer.Entries?.[0]?.EventId,
        'detail-type': 'OrderCreated',
        source: 'shop.orders',
        account: '123456789012',
        time: '2026-01-02T03:04:05Z',
        region: 'us-east-1',
        resources: ['arn:x'],
        detail: { id: 1 },
      },
    ]);
  });

  test("keeps an entry's own time", async () => {
    const bridge = await start();
    await put(clientOf(bridge), entry({ Time: new Date('2025-05-06T07:08:09.5Z') }));
    expect(bridge.events[0]?.time).toBe('2025-05-06T07:08:09Z');
  });

  test.each([
    [
      'no source',
      { Source: '' },
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    ],
    [
      'no detail type',
      { DetailType: '' },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    ],
    [
      'a detail type of 129 characters',
      { DetailType: 'x'.repeat(129) },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: It is too long.',
    ],
    [
      'a source of AWS',
      { Source: 'aws.ec2' },
      'NotAuthorizedForSourceException',
      'Not authorized for the source.',
    ],
    ['a detail that is not JSON', { Detail: '{' }, 'MalformedDetail', 'Detail is malformed.'],
    ['a list as detail', { Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
    [
      'a detail nested too deep',
      { Detail: `${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}` },
      'MalformedDetail',
      'Detail is malformed.',
    ],
  ])('refuses an entry with %s beside one that is good', async (_, changes, code, message) => {
    const bridge = await start();
    const answer = await put(clientOf(bridge), entry(changes), entry());
    expect(answer.$metadata.httpStatusCode).toBe(200);
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: code, ErrorMessage: message }, { EventId: expect.any(String) }],
    });
    expect(bridge.events).toHaveLength(1);
  });

  test('takes a detail of the greatest depth', async () => {
    const bridge = await start();
    const Detail = `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`;
    expect((await put(clientOf(bridge), entry({ Detail }))).FailedEntryCount).toBe(0);
  });

  test.each([
    ['no entries', [], 'ValidationException'],
    ['eleven entries', Array.from({ length: 11 }, () => entry()), 'ValidationException'],
    ['no complete entry', [entry({ Source: '' })], 'ValidationException'],
    [
      'a megabyte',
      [entry({ Detail: `{"a":"${'x'.repeat(1024 * 1024)}"}` })],
      'ValidationException',
    ],
    ['five megabytes', [entry({ Detail: `{"a":"${'x'.repeat(5 * 1024 * 1024)}"}` })], 'Unknown'],
  ])('refuses a call with %s', async (_, entries, name) => {
    const bridge = await start();
    await expect(put(clientOf(bridge), ...entries)).rejects.toMatchObject({ name });
    expect(bridge.events).toEqual([]);
  });

  test('loses an event for an unknown bus after a success, as the service does', async () => {
    const bridge = await start();
    const answer = await put(
      clientOf(bridge),
      entry({ EventBusName: 'nowhere' }),
      entry({ EventBusName: 'arn:aws:events:us-east-1:999999999999:event-bus/default' }),
    );
    expect(answer.FailedEntryCount).toBe(0);
    expect(bridge.events).toEqual([]);
  });

  test('refuses an unknown bus where it is told to', async () => {
    const bridge = await start({ unknownEventBus: 'refuse' });
    await expect(
      put(clientOf(bridge), entry(), entry({ EventBusName: 'nowhere' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(bridge.events).toEqual([]);
  });

  test('takes a bus by name and by ARN and describes it', async () => {
    const bridge = await start();
    bridge.createEventBus('orders');
    const arn = 'arn:aws:events:us-east-1:123456789012:event-bus/orders';
    const client = clientOf(bridge);
    await put(client, entry({ EventBusName: 'orders' }), entry({ EventBusName: arn }));
    expect(bridge.events).toHaveLength(2);
    expect(bridge.buses).toEqual(['default', 'orders']);
    expect(await client.send(new DescribeEventBusCommand({ Name: 'orders' }))).toMatchObject({
      Name: 'orders',
      Arn: arn,
    });
    await expect(
      client.send(new DescribeEventBusCommand({ Name: 'nowhere' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('The protocol', () => {
  test('answers with the headers AWS sends, in its capitalisation', async () => {
    const bridge = await start();
    const { status, rawHeaders } = await post(
      bridge.endpoint,
      signed,
      JSON.stringify({ Entries: [entry()] }),
    );
    expect(status).toBe(200);
    expect(rawHeaders.filter((_, index) => index % 2 === 0)).toEqual([
      'x-amzn-RequestId',
      'Content-Type',
      'Content-Length',
      'Date',
    ]);
  });

  test.each([
    ['without a signature', { authorization: '' }, 'IncompleteSignatureException'],
    ['with a bearer token', { authorization: 'Bearer x' }, 'IncompleteSignatureException'],
    [
      'signed for another service',
      { authorization: signed.authorization.replace('/events/', '/sqs/') },
      'IncompleteSignatureException',
    ],
    [
      'whose date is not signed',
      { authorization: signed.authorization.replace(';x-amz-date', '') },
      'IncompleteSignatureException',
    ],
    [
      'for an action that is not there',
      { 'x-amz-target': 'AWSEvents.PutRule' },
      'UnknownOperationException',
    ],
    ['for an inherited name', { 'x-amz-target': 'toString' }, 'UnknownOperationException'],
  ])('refuses a request %s', async (_, headers, code) => {
    const bridge = await start();
    const { status, body } = await post(bridge.endpoint, { ...signed, ...headers }, '{}');
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ __type: code });
  });

  test('refuses a request that bears no authorization at all, and a body that is not JSON', async () => {
    const bridge = await start();
    const { authorization: _, ...unsigned } = signed;
    expect((await post(bridge.endpoint, unsigned, '{}')).body).toContain(
      'MissingAuthenticationToken',
    );
    expect((await post(bridge.endpoint, signed, '{')).body).toContain('SerializationException');
  });
});

describe('Setting up', () => {
  test('refuses what refers to nothing, comes twice, or AWS would refuse', async () => {
    const bridge = await start();
    const url = 'https://hooks.example.test';
    expect(() => bridge.createApiDestination({ name: 'd', connection: 'c', url })).toThrow(
      'There is no connection c',
    );
    bridge.createConnection({ name: 'c', authorization: basic });
    expect(() => bridge.createConnection({ name: 'c', authorization: basic })).toThrow(
      'connection c: there is one already',
    );
    expect(() =>
      bridge.createApiDestination({ name: 'd', connection: 'c', url: 'http://hooks.example.test' }),
    ).toThrow('must be https');
    expect(() =>
      bridge.createApiDestination({ name: 'd', connection: 'c', url, method: 'TRACE' }),
    ).toThrow('TRACE is not a method');
    expect(() =>
      bridge.putRule({ name: 'r', eventPattern: { source: ['a'] }, targets: ['d'] }),
    ).toThrow('There is no API destination d');
    expect(() =>
      bridge.putRule({
        name: 'r',
        eventBusName: 'b',
        eventPattern: { source: ['a'] },
        targets: [],
      }),
    ).toThrow('There is no event bus b');
    expect(() => bridge.createEventBus('default')).toThrow('There is an event bus default already');
    expect(() => bridge.connection('x')).toThrow('There is no connection x');
  });

  test('rules see only the events of their bus', async () => {
    const hook = await receiver(() => ({ status: 200 }));
    const bridge = await start();
    bridge.createEventBus('orders');
    route(bridge, hook.url);
    bridge.putRule({
      name: 'on-orders',
      eventBusName: 'orders',
      eventPattern: { source: ['shop.orders'] },
      targets: ['hook'],
    });
    await put(clientOf(bridge), entry({ EventBusName: 'orders' }));
    await bridge.idle();
    expect(bridge.deliveries.map(({ rule }) => rule)).toEqual(['on-orders']);
  });
});

describe('Deliveries', () => {
  test.each(['BASIC', 'API_KEY', 'API_KEY_authorization', 'custom_headers'])(
    'look like those of AWS: %s',
    async (form) => {
      const file = await readFile(
        new URL('data/api-destination-requests.json', import.meta.url),
        'utf8',
      );
      const recorded: RecordedRequests = JSON.parse(file);
      const expected: Record<string, string> = recorded.requests[form]?.headers ?? {};
      const hook = await receiver(() => ({ status: 200 }));
      const bridge = await start({ region: 'us-west-2' });
      const [name, value] = Object.entries(expected)[0] ?? ['', ''];
      bridge.createConnection({
        name: 'c',
        authorization:
          form === 'BASIC'
            ? basic
            : form === 'custom_headers'
              ? { type: 'BASIC', username: 'u', password: 'zP' }
              : { type: 'API_KEY', apiKeyName: name, apiKeyValue: value },
        ...(form === 'custom_headers'
          ? {
              headers: {
                'X-Tenant': 'acme',
                'X-Region': 'eu',
                'User-Agent': 'mine',
                'cache-control': 'no-cache',
                Origin: 'x',
              },
            }
          : {}),
      });
      bridge.createApiDestination({
        name: 'hook',
        connection: 'c',
        url: `${hook.url}${recorded.path}`,
      });
      bridge.putRule({
        name: 'r',
        eventPattern: { source: ['custom.application'] },
        targets: ['hook'],
      });
      const { body } = recorded;
      await put(
        clientOf(bridge),
        entry({
          Source: body.source,
          DetailType: body['detail-type'],
          Detail: JSON.stringify(body.detail),
          Time: new Date(body.time),
        }),
      );
      await bridge.idle();
      const sent = hook.requests[0];
      const host = new URL(hook.url).host;
      expect(sent?.headers).toEqual({
        ...expected,
        Host: host,
        ...(form === 'custom_headers' ? { Authorization: `Basic ${btoa('u:zP')}` } : {}),
      });
      expect(sent?.body).toBe(recorded.rawBody.replace(body.id, bridge.events[0]?.id ?? ''));
      expect(sent).toMatchObject({ method: 'POST', url: recorded.path });
    },
  );

  test("add the connection's query and body, and leave the digits of the detail alone", async () => {
    const hook = await receiver(() => ({ status: 204 }));
    const bridge = await start();
    bridge.createConnection({
      name: 'c',
      authorization: basic,
      query: { env: 'prod' },
      body: { tenant: { id: 7 } },
    });
    bridge.createApiDestination({
      name: 'd',
      connection: 'c',
      url: `${hook.url}/in?q=1`,
      method: 'PUT',
    });
    bridge.putRule({ name: 'r', eventPattern: { source: ['shop.orders'] }, targets: ['d'] });
    await put(clientOf(bridge), entry({ Detail: '{"n":12345678901234567890}' }));
    await bridge.idle();
    expect(hook.requests[0]).toMatchObject({ method: 'PUT', url: '/in?q=1&env=prod' });
    expect(hook.requests[0]?.body).toMatch(
      /"detail":\{"n":12345678901234567890\},"tenant":\{"id":7\}\}$/,
    );
  });

  test.each([409, 429, 500, 503])(
    'are repeated after %d, with the same event id',
    async (status) => {
      const hook = await receiver((_, index) => ({ status: index === 0 ? status : 200 }));
      const bridge = await start({ retry: { initialDelayMs: 1 } });
      route(bridge, hook.url);
      await put(clientOf(bridge), entry());
      await bridge.idle();
      expect(
        bridge.deliveries.map(({ attempt, status, verdict }) => [attempt, status, verdict]),
      ).toEqual([
        [1, status, 'retry'],
        [2, 200, 'delivered'],
      ]);
      expect(hook.requests[0]?.body).toBe(hook.requests[1]?.body);
      expect(bridge.deadLetters).toEqual([]);
    },
  );

  test.each([301, 400, 403, 404, 413, 422])('are given up after %d', async (status) => {
    const hook = await receiver(() => ({ status, headers: { location: '/elsewhere' } }));
    const bridge = await start();
    route(bridge, hook.url);
    await put(clientOf(bridge), entry());
    await bridge.idle();
    expect(hook.requests).toHaveLength(1);
    expect(bridge.deadLetters).toEqual([
      {
        rule: 'orders',
        destination: 'hook',
        queue: 'orders-dlq',
        attempts: 1,
        event: bridge.events[0],
      },
    ]);
  });

  test('wait longer each time, up to the limits of the policy', async () => {
    const clock = manualClock(0);
    const hook = await receiver(() => ({ status: 500 }));
    const bridge = await start({ clock, retry: { maxAttempts: 4, maxDelayMs: 1500 } });
    route(bridge, hook.url);
    await put(clientOf(bridge), entry());
    for (const delay of [1000, 1500, 1500]) {
      const count = bridge.deliveries.length;
      await until(() => bridge.deliveries.length === count + 1);
      clock.advance(delay - 1);
      expect(bridge.deliveries).toHaveLength(count + 1);
      clock.advance(1);
    }
    await bridge.idle();
    expect(bridge.deliveries.map(({ at }) => Date.parse(at))).toEqual([0, 1000, 2500, 4000]);
    expect(bridge.deliveries.at(-1)?.verdict).toBe('dropped');
    expect(bridge.deadLetters[0]?.attempts).toBe(4);
  });

  test.each([
    ['seconds', '7', 7000],
    ['a date', new Date(9000).toUTCString(), 9000],
    ['less than the backoff', '0', 1000],
    ['nonsense', 'soon', 1000],
  ])('honour Retry-After: %s', async (_, retryAfter, delayMs) => {
    const clock = manualClock(0);
    const hook = await receiver((_request, index) =>
      index === 0 ? { status: 503, headers: { 'retry-after': retryAfter } } : { status: 200 },
    );
    const bridge = await start({ clock });
    route(bridge, hook.url);
    await put(clientOf(bridge), entry());
    await until(() => bridge.deliveries.length === 1);
    clock.advance(delayMs);
    await bridge.idle();
    expect(bridge.deliveries.map(({ at }) => Date.parse(at))).toEqual([0, delayMs]);
  });

  test('end with a negative Retry-After, and when the event is too old', async () => {
    const hook = await receiver((_, index) => ({
      status: 503,
      headers: { 'retry-after': index === 0 ? '-1' : '86401' },
    }));
    const bridge = await start();
    route(bridge, hook.url);
    await put(clientOf(bridge), entry());
    await bridge.idle();
    await put(clientOf(bridge), entry());
    await bridge.idle();
    expect(bridge.deadLetters).toHaveLength(2);
    expect(hook.requests).toHaveLength(2);
  });

  test('are cut off after five seconds and repeated', async () => {
    const clock = manualClock(0);
    const hook = await receiver((_, index) => (index === 0 ? 'hang' : { status: 200 }));
    const bridge = await start({ clock });
    route(bridge, hook.url);
    await put(clientOf(bridge), entry());
    await until(() => hook.requests.length === 1);
    clock.advance(5000);
    await until(() => bridge.deliveries.length === 1);
    expect(bridge.deliveries[0]).toMatchObject({ error: 'TIMEOUT', verdict: 'retry' });
    clock.advance(1000);
    await bridge.idle();
    expect(bridge.deliveries[1]).toMatchObject({ status: 200 });
  });

  test('are repeated when the connection is cut', async () => {
    const hook = await receiver((_, index) => (index === 0 ? 'reset' : { status: 200 }));
    const bridge = await start({ retry: { initialDelayMs: 1 } });
    route(bridge, hook.url);
    await put(clientOf(bridge), entry());
    await bridge.idle();
    expect(bridge.deliveries.map(({ error, status }) => error ?? status)).toEqual([
      'CONNECTION',
      200,
    ]);
  });

  test.each([
    ['BASIC', 401, basic],
    ['API_KEY', 407, { type: 'API_KEY', apiKeyName: 'x-api-key', apiKeyValue: 'k' } as const],
  ])(
    'put a %s connection out of use after %d, with everything that goes over it',
    async (_, status, authorization) => {
      const hook = await receiver(() => ({ status }));
      const bridge = await start({ retry: { initialDelayMs: 1 } });
      route(bridge, hook.url, authorization);
      expect(bridge.connection('shop')).toEqual({ name: 'shop', state: 'AUTHORIZED' });
      await put(clientOf(bridge), entry());
      await bridge.idle();
      await put(clientOf(bridge), entry());
      await bridge.idle();
      expect(bridge.connection('shop').state).toBe('DEAUTHORIZED');
      expect(hook.requests).toHaveLength(1);
      expect(bridge.deliveries.map(({ error, status: got }) => error ?? got)).toEqual([
        status,
        'DEAUTHORIZED',
        'DEAUTHORIZED',
      ]);
      expect(bridge.deadLetters).toHaveLength(2);
    },
  );

  test('are dropped without a trace on the wire when the endpoint closes', async () => {
    const hook = await receiver(() => ({ status: 503 }));
    const bridge = await start();
    route(bridge, hook.url);
    await put(clientOf(bridge), entry());
    await until(() => bridge.deliveries.length === 1);
    await bridge.close();
    await bridge.idle();
    expect(hook.requests).toHaveLength(1);
  });
});

describe('OAuth connections', () => {
  const oauth = (url: string) =>
    ({
      type: 'OAUTH_CLIENT_CREDENTIALS',
      authorizationEndpoint: `${url}/token`,
      clientId: 'client',
      clientSecret: 's&cret',
      body: { scope: 'events' },
    }) as const;

  async function tokens(answers: Answer[], lifetime = 3600) {
    let issued = 0;
    return receiver((request) => {
      if (request.url !== '/token') return answers.shift() ?? { status: 200 };
      issued += 1;
      return {
        status: 200,
        body: JSON.stringify({ access_token: `token-${issued}`, expires_in: lifetime }),
      };
    });
  }

  test('fetch a token with a form and send it as bearer', async () => {
    const hook = await tokens([]);
    const bridge = await start();
    route(bridge, `${hook.url}/in`, oauth(hook.url));
    const client = clientOf(bridge);
    await put(client, entry());
    await bridge.idle();
    await put(client, entry());
    await bridge.idle();
    expect(hook.requests.map(({ url, headers }) => [url, headers['Authorization']])).toEqual([
      ['/token', undefined],
      ['/in', 'Bearer token-1'],
      ['/in', 'Bearer token-1'],
    ]);
    expect(hook.requests[0]?.headers['Content-Type']).toBe(
      'application/x-www-form-urlencoded; charset=UTF-8',
    );
    expect(Object.fromEntries(new URLSearchParams(hook.requests[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 's&cret',
      scope: 'events',
    });
  });

  test('fetch a new token after 401, send the same event again and stay authorized', async () => {
    const hook = await tokens([{ status: 401 }]);
    const bridge = await start({ retry: { initialDelayMs: 1 } });
    route(bridge, `${hook.url}/in`, oauth(hook.url));
    await put(clientOf(bridge), entry());
    await bridge.idle();
    expect(
      hook.requests
        .filter(({ url }) => url === '/in')
        .map(({ headers }) => headers['Authorization']),
    ).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(hook.requests[1]?.body).toBe(hook.requests[3]?.body);
    expect(bridge.connection('shop').state).toBe('AUTHORIZED');
  });

  test.each([
    [3539, 'token-1'],
    [3540, 'token-2'],
  ])('after %d of 3600 seconds use %s', async (seconds, token) => {
    const clock = manualClock(0);
    const hook = await tokens([]);
    const bridge = await start({ clock });
    route(bridge, `${hook.url}/in`, oauth(hook.url));
    const client = clientOf(bridge);
    await put(client, entry());
    await bridge.idle();
    clock.advance(seconds * 1000);
    await put(client, entry());
    await bridge.idle();
    expect(hook.requests.at(-1)?.headers['Authorization']).toBe(`Bearer ${token}`);
  });

  test.each([
    [{ status: 400, body: '{}' }],
    [{ status: 200, body: 'not json' }],
    [{ status: 200, body: '[]' }],
    [{ status: 200, body: '{"access_token":5}' }],
  ])('try again when the token endpoint answers %j', async (bad) => {
    const hook = await receiver((request, index) =>
      index === 0
        ? bad
        : { status: 200, body: request.url === '/token' ? '{"access_token":"t"}' : '' },
    );
    const bridge = await start({ retry: { initialDelayMs: 1 } });
    route(bridge, `${hook.url}/in`, oauth(hook.url));
    await put(clientOf(bridge), entry());
    await bridge.idle();
    expect(bridge.deliveries.map(({ error, status }) => error ?? status)).toEqual(['TOKEN', 200]);
  });
});
