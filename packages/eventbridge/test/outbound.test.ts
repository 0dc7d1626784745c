import { createServer } from 'node:http';
import { eventBridge, eventBridgeCodes } from '@bpmn-connectors/eventbridge/outbound';
import type { ConnectorError, JsonObject } from '@bpmn-connectors/sdk';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createClientCache } from '../src/outbound/client-cache.ts';
import {
  connect,
  endings,
  event,
  keys,
  run,
  failure as runFailure,
  startBridge,
  variablesWith,
} from './run-job.ts';

const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});

const codesSeen = new Set<string>();

/** The error a run ends with, noted. */
async function failure(result: Promise<unknown>): Promise<ConnectorError> {
  const error = await runFailure(result);
  codesSeen.add(error.code);
  return error;
}

describe('An event', () => {
  test('arrives with all that PutEvents can carry', async () => {
    const bridge = await startBridge();
    bridge.createEventBus('orders');
    const connector = connect({ endpoint: bridge.endpoint });
    await run(
      connector,
      variablesWith({
        input: {
          ...event,
          eventBusName: 'arn:aws:events:us-east-1:123456789012:event-bus/orders',
          resources: 'arn:order:1',
          time: '2026-02-03T04:05:06+01:00',
          traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
        },
      }),
    );
    expect(bridge.events).toMatchObject([
      {
        source: 'shop.orders',
        'detail-type': 'OrderCreated',
        resources: ['arn:order:1'],
        time: '2026-02-03T03:05:06Z',
        detail: { id: 1 },
      },
    ]);
  });

  test('gives a result with the names of headers as AWS writes them', async () => {
    const bridge = await startBridge();
    const result = await run(connect({ endpoint: bridge.endpoint }), variablesWith());
    expect(result).toEqual({
      sdkResponseMetadata: { requestId: expect.any(String) },
      sdkHttpMetadata: {
        httpStatusCode: 200,
        httpHeaders: {
          'x-amzn-RequestId': expect.any(String),
          'Content-Type': 'application/x-amz-json-1.1',
          'Content-Length': expect.any(String),
          Date: expect.any(String),
        },
        allHttpHeaders: {
          'x-amzn-RequestId': [expect.any(String)],
          'Content-Type': ['application/x-amz-json-1.1'],
          'Content-Length': [expect.any(String)],
          Date: [expect.any(String)],
        },
      },
      failedEntryCount: 0,
      entries: [{ eventId: bridge.events[0]?.id, errorCode: null, errorMessage: null }],
    });
  });

  test.each([
    [
      'a detail given as text, digits untouched',
      { input: { ...event, detail: ' {"id": 12345678901234567890} ' } },
    ],
    [
      'keys without a type, as models before Camunda 8.4',
      { authentication: { accessKey: 'AK', secretKey: 'SK' } },
    ],
    ['keys with an empty type', { authentication: { ...keys, type: '' } }],
    ['a session token', { authentication: { ...keys, sessionToken: 'token' } }],
    ['a credential configuration left empty', { awsCredential: null }],
    [
      'a credential configuration alone',
      {
        authentication: null,
        configuration: null,
        awsCredential: { authentication: keys, region: 'eu-west-1' },
      },
    ],
    ['a blank endpoint', { configuration: { region: 'us-east-1', endpoint: ' ' } }],
  ])('is sent with %s', async (_, changes) => {
    const bridge = await startBridge();
    await run(connect({ endpoint: bridge.endpoint }), variablesWith(changes));
    expect(bridge.events).toHaveLength(1);
  });

  test('may be just under a megabyte, and nothing larger is sent', async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint });
    const frame = Buffer.byteLength('shop.ordersOrderCreated{"a":""}');
    const detail = (bytes: number) => ({
      a: 'ü'.repeat(Math.floor(bytes / 2)) + 'x'.repeat(bytes % 2),
    });
    const room = 1024 * 1024 - frame - 1;
    await run(connector, variablesWith({ input: { ...event, detail: detail(room) } }));
    for (const input of [
      { ...event, detail: detail(room + 1) },
      { ...event, detail: detail(room), resources: ['a'] },
      { ...event, detail: detail(room), time: '2026-02-03T04:05:06Z' },
      { ...event, detail: JSON.stringify(detail(room + 100)) },
    ]) {
      expect(await failure(run(connector, variablesWith({ input })))).toMatchObject({
        code: 'EVENT_TOO_LARGE',
        retryable: false,
      });
    }
    expect(bridge.events).toHaveLength(1);
  });
});

/** So many objects in each other. */
const nested = (depth: number): JsonObject => (depth === 1 ? {} : { a: nested(depth - 1) });

describe('What is refused before sending', () => {
  test.each([
    ['REGION_MISSING', { configuration: {} }, {}],
    ['REGION_INVALID', { configuration: { region: 'x.evil.test#' } }, {}],
    ['REGION_INVALID', { configuration: { region: 'eu-central-1/../x' } }, {}],
    ['REGION_INVALID', { configuration: null }, { defaultRegion: 'a b' }],
    [
      'ENDPOINT_REFUSED',
      { configuration: { region: 'us-east-1', endpoint: 'http://169.254.169.254' } },
      {},
    ],
    [
      'ENDPOINT_INVALID',
      { configuration: { region: 'us-east-1', endpoint: 'file:///etc' } },
      { allowEndpointOverride: true },
    ],
    [
      'ENDPOINT_INVALID',
      { configuration: { region: 'us-east-1', endpoint: 'http://u:p@h' } },
      { allowEndpointOverride: true },
    ],
    ['DETAIL_NOT_AN_OBJECT', { input: { ...event, detail: 'hello' } }, {}],
    ['DETAIL_NOT_AN_OBJECT', { input: { ...event, detail: '[1]' } }, {}],
    ['DETAIL_NOT_AN_OBJECT', { input: { ...event, detail: null } }, {}],
    ['DETAIL_NOT_AN_OBJECT', { input: { ...event, detail: true } }, {}],
    ['DETAIL_TOO_DEEP', { input: { ...event, detail: nested(1001) } }, {}],
    ['DETAIL_TOO_DEEP', { input: { ...event, detail: JSON.stringify(nested(1001)) } }, {}],
    ['EVENT_BUS_NOT_FOUND', { input: { ...event, eventBusName: 'nowhere' } }, {}],
    ['INPUT_INVALID', { input: { ...event, eventBusName: 'my bus' } }, {}],
    ['INPUT_INVALID', { input: { ...event, eventBusName: 'arn:aws:sqs:us-east-1:1:q' } }, {}],
    ['INPUT_INVALID', { input: { ...event, resources: ['x'.repeat(2049)] } }, {}],
    ['INPUT_INVALID', { input: { ...event, traceHeader: 'x'.repeat(501) } }, {}],
    ['INPUT_INVALID', { input: { ...event, source: null } }, {}],
    ['INPUT_INVALID', { input: { ...event, source: 'aws.ec2' } }, {}],
    ['INPUT_INVALID', { input: { ...event, source: '\t' } }, {}],
    ['INPUT_INVALID', { input: { ...event, eventBusName: ' ' } }, {}],
    ['INPUT_INVALID', { input: { ...event, detailType: 'x'.repeat(129) } }, {}],
    ['INPUT_INVALID', { input: { ...event, time: 'yesterday' } }, {}],
    ['INPUT_INVALID', { authentication: null }, {}],
    ['INPUT_INVALID', { authentication: { type: 'other' } }, {}],
    ['INPUT_INVALID', { authentication: { type: 'credentials', accessKey: 'AK' } }, {}],
  ])('%s: %j', async (code, changes, options) => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint, ...options });
    const error = await failure(run(connector, variablesWith(changes)));
    expect(error).toMatchObject({ code, retryable: false });
    expect(bridge.events).toEqual([]);
  });

  test.each([
    [{ coalesce: { windowMs: -1 } }, 'coalesce / windowMs'],
    [{ coalesce: { maxEntries: 11 } }, 'coalesce / maxEntries'],
    [{ rateLimit: { eventsPerSecond: 0 } }, 'rateLimit / eventsPerSecond'],
    [{ maxAttempts: 0 }, 'maxAttempts'],
    [{ coalesce: { windowMs: 5, ...{ window: 5 } } }, 'coalesce'],
  ])('an option out of range, when the connector is made: %j', (options, where) => {
    expect(() => eventBridge(options)).toThrow(`EventBridge options / ${where}: `);
  });

  test("an operator's endpoint that is no URL, when the connector is made", () => {
    expect(() => eventBridge({ endpoint: 'localhost:4566' })).toThrow('http or https URL');
  });
});

describe('Where it is sent', () => {
  test("to the model's endpoint where the operator allows that, else to the operator's", async () => {
    const [mine, theirs] = [await startBridge(), await startBridge()];
    const configuration = { region: 'us-east-1', endpoint: theirs.endpoint };
    const options = { endpoint: mine.endpoint, allowEndpointOverride: true };
    await run(connect(options), variablesWith({ configuration }));
    await run(connect(options), variablesWith());
    expect([mine.events.length, theirs.events.length]).toEqual([1, 1]);
  });

  test('a model without region uses the default one', async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint, defaultRegion: 'eu-central-1' });
    await run(connector, variablesWith({ configuration: null }));
    expect(bridge.events).toHaveLength(1);
  });
});

describe('An entry that EventBridge refuses', () => {
  test.each([
    ['ThrottlingException', true],
    ['InternalFailure', true],
    ['NotAuthorizedForDetailTypeException', false],
    ['MalformedDetail', false],
  ])('fails the job with its code: %s, retryable %s', async (code, retryable) => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'entry', code, message: 'for a reason' });
    const connector = connect({ endpoint: bridge.endpoint, maxAttempts: 1 });
    const error = await failure(run(connector, variablesWith()));
    expect(error).toMatchObject({
      code,
      retryable,
      message: 'EventBridge refused the event: for a reason',
      result: {
        failedEntryCount: 1,
        entries: [{ eventId: null, errorCode: code, errorMessage: 'for a reason' }],
        sdkHttpMetadata: { httpStatusCode: 200 },
      },
    });
  });

  test.each([['false'], [' FALSE ']])(
    'is a result where the element has failOnRejectedEntry=%s',
    async (value) => {
      const bridge = await startBridge();
      bridge.failNext({ kind: 'entry', code: 'MalformedDetail' });
      const connector = connect({ endpoint: bridge.endpoint });
      expect(
        await run(connector, variablesWith(), { headers: { failOnRejectedEntry: value } }),
      ).toMatchObject({
        failedEntryCount: 1,
        entries: [{ eventId: null, errorCode: 'MalformedDetail', errorMessage: 'MalformedDetail' }],
      });
    },
  );
});

describe('A call that goes wrong', () => {
  test('is made again when it was throttled', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'error', code: 'ThrottlingException' });
    await run(connect({ endpoint: bridge.endpoint }), variablesWith());
    expect(bridge.events).toHaveLength(1);
  });

  test.each([
    [{ kind: 'error', code: 'ThrottlingException' }, 'ThrottlingException', true],
    [{ kind: 'error', code: 'InternalException' }, 'InternalException', true],
    [{ kind: 'error', code: 'AccessDeniedException' }, 'AccessDeniedException', false],
    [{ kind: 'error', code: 'ExpiredTokenException', status: 403 }, 'ExpiredTokenException', false],
    [{ kind: 'error', code: 'ResourceNotFoundException' }, 'ResourceNotFoundException', false],
    [{ kind: 'error', code: 'SomethingNewException', status: 503 }, 'SomethingNewException', true],
    [{ kind: 'http', status: 503, body: '<html>busy</html>' }, 'HTTP_503', true],
    [{ kind: 'http', status: 403, body: '<html>proxy</html>' }, 'HTTP_403', false],
    [{ kind: 'http', status: 413 }, 'HTTP_413', false],
    [{ kind: 'reset', accepted: true }, 'ECONNRESET', true],
    [{ kind: 'half-answer' }, 'PUT_EVENTS_OUTCOME_UNKNOWN', false],
    [{ kind: 'http', status: 200, body: '' }, 'PUT_EVENTS_OUTCOME_UNKNOWN', false],
  ] as const)('%j has the code %s, retryable %s', async (fault, code, retryable) => {
    const bridge = await startBridge();
    bridge.failNext(fault);
    const connector = connect({ endpoint: bridge.endpoint, maxAttempts: 1 });
    expect(await failure(run(connector, variablesWith()))).toMatchObject({ code, retryable });
    await run(connector, variablesWith());
  });

  test('tells status, request and attempts, for the log', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'error', code: 'AccessDeniedException', message: 'not yours' });
    const error = await failure(run(connect({ endpoint: bridge.endpoint }), variablesWith()));
    expect(error.message).toMatch(/^not yours \(HTTP 400, request [\w-]+\)$/);
    expect(error.details).toEqual({
      httpStatusCode: 400,
      requestId: expect.any(String),
      attempts: 1,
    });
  });

  test('never tells credentials or payload, even where AWS does', async () => {
    const bridge = await startBridge();
    const input = { ...event, detail: { customer: 'Ada Lovelace' } };
    const authentication = { ...keys, sessionToken: 'session-token-value' };
    const leaky = `Value '[{"detail":"Ada Lovelace"}]' at 'entries' failed: AKIATESTKEY very-secret-key {"customer":"Ada Lovelace"}\nThe Canonical String should have been\nx-amz-security-token:session-token-value`;
    const connector = connect({ endpoint: bridge.endpoint });
    bridge.failNext({ kind: 'error', code: 'ValidationException', message: leaky });
    const call = await failure(run(connector, variablesWith({ input, authentication })));
    bridge.failNext({
      kind: 'entry',
      code: 'MalformedDetail',
      message: 'very-secret-key {"customer":"Ada Lovelace"}',
    });
    const entry = await failure(run(connector, variablesWith({ input, authentication })));
    const told = JSON.stringify([
      call.message,
      call.details,
      call.variables,
      entry.message,
      entry.details,
    ]);
    expect(told).not.toMatch(/Ada|AKIATESTKEY|very-secret|session-token-value/);
    expect(call.message).toContain("Value at 'entries' failed: *** *** ***");
  });

  test('nobody listens: the network error is the code', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const connector = connect({ endpoint: `http://127.0.0.1:${port}`, maxAttempts: 1 });
    expect(await failure(run(connector, variablesWith()))).toMatchObject({
      code: 'ECONNREFUSED',
      retryable: true,
    });
  });

  test('no answer within the time for one attempt', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'hang' });
    const connector = connect({ endpoint: bridge.endpoint, requestTimeoutMs: 20, maxAttempts: 1 });
    const error = await failure(run(connector, variablesWith()));
    expect(error).toMatchObject({ retryable: true, code: 'ETIMEDOUT' });
  });

  test('the job is over before there is an answer', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'hang' });
    const abort = new AbortController();
    const result = failure(
      run(connect({ endpoint: bridge.endpoint }), variablesWith(), { signal: abort.signal }),
    );
    setImmediate(() => abort.abort());
    expect(await result).toMatchObject({ code: 'PUT_EVENTS_ABORTED', retryable: true });
  });
});

describe('The default chain', () => {
  const chain = variablesWith({ authentication: { type: 'defaultCredentialsChain' } });

  function withoutCredentials(changes: Record<string, string>): void {
    for (const name of Object.keys(process.env)) {
      if (name.startsWith('AWS_')) delete process.env[name];
    }
    Object.assign(process.env, {
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...changes,
    });
  }

  test('finds the key of the environment', async () => {
    withoutCredentials({ AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'SK' });
    const bridge = await startBridge();
    await run(connect({ endpoint: bridge.endpoint }), chain);
    expect(bridge.events).toHaveLength(1);
  });

  test('without any credentials fails with a clear code, and finds those that come later', async () => {
    withoutCredentials({});
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint });
    const error = await failure(run(connector, chain));
    expect(error).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE', retryable: true });
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'SK' });
    await run(connector, chain);
    expect(bridge.events).toHaveLength(1);
  });

  test('does not wait for long where nobody answers for the machine', async () => {
    const answers: (() => void)[] = [];
    const silent = createServer((_, response) => {
      const late = { AccessKeyId: 'AK', SecretAccessKey: 'SK', Expiration: '2999-01-01T00:00:00Z' };
      answers.push(() => response.end(JSON.stringify({ ...late, Token: 'token' })));
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    endings.push(() => silent.close());
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    withoutCredentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/` });
    const bridge = await startBridge();
    const due: { delayMs: number; callback: () => void }[] = [];
    const connector = connect({
      endpoint: bridge.endpoint,
      clock: {
        now: () => 0,
        schedule: (delayMs, callback) => {
          due.push({ delayMs, callback });
          setImmediate(() => callback());
          return () => undefined;
        },
      },
    });
    expect((await failure(run(connector, chain))).code).toBe('CREDENTIALS_UNAVAILABLE');
    expect(due.map(({ delayMs }) => delayMs)).toEqual([5000]);
    // The chain goes on asking until it is answered, and would outlive this test.
    while (answers.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (const answer of answers) answer();
  });
});

function deferred() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: () => resolve() };
}

describe('Clients', () => {
  test('are made once for a key, the one used longest ago goes first, and none in use is ended', async () => {
    const made: string[] = [];
    const ended: string[] = [];
    const cache = createClientCache<string>(2, (client) => ended.push(client));
    const use = (key: string, work: () => Promise<void> = async () => undefined) =>
      cache.use(key, async () => `${key}${made.push(key)}`, work);
    const busy = deferred();
    const working = use('a', () => busy.promise);
    await use('b');
    await use('b');
    await use('c');
    await use('d');
    expect(made).toEqual(['a', 'b', 'c', 'd']);
    expect(ended).toEqual(['b2']);
    busy.resolve();
    await working;
    expect(ended).toEqual(['b2', 'a1']);
    await use('c');
    expect(made).toHaveLength(4);
    cache.close();
    await use('c');
    expect(ended.sort()).toEqual(['a1', 'b2', 'c3', 'd4']);
  });

  test('that could not be made are tried again', async () => {
    const cache = createClientCache<string>(2, () => undefined);
    const work = async (client: string) => client;
    await expect(cache.use('a', () => Promise.reject(new Error('no')), work)).rejects.toThrow('no');
    expect(await cache.use('a', async () => 'good', work)).toBe('good');
  });

  test('end with the connector, which then takes no more jobs', async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint });
    await run(connector, variablesWith());
    await connector.close?.();
    expect(await failure(run(connector, variablesWith()))).toMatchObject({
      code: 'CONNECTOR_CLOSED',
      retryable: true,
    });
  });
});

test('every code of the table was produced by a test above', () => {
  expect([...codesSeen]).toEqual(expect.arrayContaining(Object.keys(eventBridgeCodes)));
});
