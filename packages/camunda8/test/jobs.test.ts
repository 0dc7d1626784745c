import type { Job, JobResult, JsonObject, WorkerOptions } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createGateway } from '../src/gateway/create-gateway.ts';
import { type Camunda8, type Camunda8Options, createCamunda8 } from '../src/index.ts';
import { eventually } from './support/eventually.ts';
import { type Fields, type GatewayStub, refuse, startGatewayStub } from './support/gateway-stub.ts';

let gateway: GatewayStub;
let close: (() => Promise<void>)[] = [];

beforeEach(async () => {
  gateway = await startGatewayStub();
  close.push(() => gateway.close());
  gateway.on('ActivateJobs', () => ({ jobs: [] }));
  for (const end of ['CompleteJob', 'FailJob', 'ThrowError', 'UpdateJobTimeout'])
    gateway.on(end, () => ({}));
});

afterEach(async () => {
  for (const end of close.toReversed()) await end();
  close = [];
});

function connect(options: Camunda8Options = {}): Camunda8 {
  const camunda8 = createCamunda8({
    grpcAddress: `grpc://${gateway.target}`,
    streaming: false,
    pollIntervalMs: 20,
    ...options,
  });
  close.push(() => camunda8.close());
  return camunda8;
}

const options: WorkerOptions = { type: 'send', maxActive: 4, timeoutMs: 30_000 };

let keys = 0;
const jobOf = (rest: Fields = {}): Fields => ({
  key: String(++keys),
  type: 'send',
  processInstanceKey: '9007199254740993',
  bpmnProcessId: 'order',
  processDefinitionKey: '7',
  elementId: 'task',
  elementInstanceKey: '8',
  customHeaders: Buffer.from('{"retryBackoff":"PT1S"}'),
  retries: 3,
  deadline: String(Date.now() + 30_000),
  variables: Buffer.from('{"n":1}'),
  tenantId: '<default>',
  ...rest,
});

/** Answers each request for jobs with the next of these, then with none. */
function offer(...batches: readonly (readonly Fields[])[]): void {
  const left = [...batches];
  gateway.on('ActivateJobs', () => ({ jobs: left.shift() ?? [] }));
}

const callsOf = (name: string): readonly Fields[] =>
  gateway.calls.filter((call) => call.name === name).map(({ request }) => request);

const text = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('utf8') : '');

describe('a job', () => {
  test('is handed over with large numbers as texts of the same digits', async () => {
    offer([jobOf({ variables: Buffer.from('{"id":12345678901234567890,"n":1}') })]);
    const seen: Job[] = [];
    connect().work(options, async (job) => {
      seen.push(job);
      return { action: 'complete' };
    });
    await eventually(() => callsOf('CompleteJob').length === 1);
    expect(seen[0]).toMatchObject({
      processInstanceKey: '9007199254740993',
      processId: 'order',
      variables: { id: '12345678901234567890', n: 1 },
      customHeaders: { retryBackoff: 'PT1S' },
      retries: 3,
    });
    expect(seen[0]).not.toHaveProperty('tenantId');
  });

  const ends: readonly (readonly [string, JobResult, Fields])[] = [
    ['CompleteJob', { action: 'complete', variables: { ok: true } }, { variables: '{"ok":true}' }],
    [
      'FailJob',
      { action: 'fail', retries: 2, errorMessage: 'again', retryBackoffMs: 1500, variables: {} },
      { retries: 2, errorMessage: 'again', retryBackOff: '1500', variables: '{}' },
    ],
    [
      'ThrowError',
      { action: 'throwError', errorCode: 'BOOM', errorMessage: 'why', variables: { a: 1 } },
      { errorCode: 'BOOM', errorMessage: 'why', variables: '{"a":1}' },
    ],
  ];
  for (const [call, result, expected] of ends) {
    test(`${result.action} is told by ${call}`, async () => {
      offer([jobOf()]);
      connect().work(options, async () => result);
      await eventually(() => callsOf(call).length === 1);
      const [request] = callsOf(call);
      expect({ ...request, variables: text(request?.['variables']) }).toMatchObject(expected);
    });
  }

  test('asks for the variables and the tenant it was told to', async () => {
    connect({ tenantId: 'mine', workerName: 'us' }).work(
      { ...options, fetchVariables: ['a', 'b'] },
      async () => ({ action: 'complete' }),
    );
    await eventually(() => callsOf('ActivateJobs').length > 0);
    expect(callsOf('ActivateJobs')[0]).toMatchObject({
      type: 'send',
      worker: 'us',
      timeout: '30000',
      fetchVariable: ['a', 'b'],
      tenantIds: ['mine'],
    });
  });

  test('whose variables cannot be read becomes an incident that says so', async () => {
    offer([jobOf({ variables: Buffer.from('{"__proto__":{"a":1}}') })]);
    connect().work(options, async () => ({ action: 'complete' }));
    await eventually(() => callsOf('FailJob').length === 1);
    expect(callsOf('FailJob')[0]).toMatchObject({
      retries: 0,
      errorMessage: expect.stringContaining('__proto__'),
    });
  });

  test('whose handler breaks has an attempt less', async () => {
    offer([jobOf()]);
    connect().work(options, async () => {
      throw new Error('a bug');
    });
    await eventually(() => callsOf('FailJob').length === 1);
    expect(callsOf('FailJob')[0]).toMatchObject({ retries: 2 });
    expect(callsOf('FailJob')[0]).toHaveProperty(
      'errorMessage',
      expect.not.stringContaining('a bug'),
    );
  });

  test('gets more time by UpdateJobTimeout, and is told when it is no longer in hand', async () => {
    offer([jobOf()]);
    const extended: unknown[] = [];
    connect().work(options, async (_, __, extend) => {
      extended.push(await extend?.(60_000));
      gateway.on('UpdateJobTimeout', () => {
        throw refuse(5, 'no such job');
      });
      extended.push(await extend?.(60_000));
      gateway.on('UpdateJobTimeout', () => {
        throw refuse(14, 'away');
      });
      extended.push(await extend?.(60_000).catch((error: unknown) => error));
      return { action: 'complete' };
    });
    await eventually(() => callsOf('CompleteJob').length === 1);
    expect(callsOf('UpdateJobTimeout')[0]).toMatchObject({ timeout: '60000' });
    expect(extended.slice(0, 2)).toEqual([true, false]);
    expect(extended[2]).toMatchObject({ code: 'CAMUNDA8_UNAVAILABLE', retryable: true });
  });
});

describe('the end of a job', () => {
  test('is told again while the cluster is away', async () => {
    offer([jobOf()]);
    let attempts = 0;
    gateway.on('CompleteJob', () => {
      attempts += 1;
      if (attempts < 3) throw refuse(14, 'away');
      return {};
    });
    connect().work(options, async () => ({ action: 'complete' }));
    await eventually(() => attempts === 3);
  });

  test('is dropped when the job is gone', async () => {
    offer([jobOf()], [jobOf()]);
    gateway.on('CompleteJob', () => {
      throw refuse(5, 'no such job');
    });
    connect({ pollIntervalMs: 10 }).work({ ...options, maxActive: 1 }, async () => ({
      action: 'complete',
    }));
    await eventually(() => callsOf('CompleteJob').length === 2);
    expect(new Set(callsOf('CompleteJob').map(({ jobKey }) => jobKey)).size).toBe(2);
    expect(callsOf('FailJob')).toEqual([]);
  });

  const refusals: readonly (readonly [string, number, string, string])[] = [
    ['variables that the cluster refuses', 3, 'Property variables is invalid', 'is invalid'],
    ['variables beyond the message limit', 2, '', 'bytes of variables'],
    ['a message beyond the limit', 8, 'gRPC message exceeds maximum size 4194304: 5', 'exceeds'],
  ];
  for (const [what, code, details, told] of refusals) {
    test(`with ${what} becomes an incident that says so`, async () => {
      offer([jobOf()]);
      gateway.on('CompleteJob', () => {
        throw refuse(code, details);
      });
      const variables = { text: 'x'.repeat(2 * 1024 * 1024) };
      connect().work(options, async () => ({ action: 'complete', variables }));
      await eventually(() => callsOf('FailJob').length === 1);
      expect(callsOf('FailJob')[0]).toMatchObject({
        retries: 0,
        errorMessage: expect.stringContaining(told),
      });
    });
  }

  test('that is no JSON becomes an incident that says so, and the worker goes on', async () => {
    offer([jobOf()], [jobOf()]);
    const variables: JsonObject = {};
    variables['self'] = variables;
    const results: JobResult[] = [{ action: 'complete', variables }, { action: 'complete' }];
    connect().work(
      { ...options, maxActive: 1 },
      async () => results.shift() ?? { action: 'complete' },
    );
    await eventually(() => callsOf('CompleteJob').length === 1);
    expect(callsOf('FailJob')).toMatchObject([
      { retries: 0, errorMessage: expect.stringContaining('circular') },
    ]);
  });

  test('is given up after the deadline: the job comes again', async () => {
    offer([jobOf()]);
    gateway.on('CompleteJob', () => {
      throw refuse(14, 'away');
    });
    connect().work({ ...options, timeoutMs: 300 }, async () => ({ action: 'complete' }));
    await eventually(() => callsOf('CompleteJob').length > 1);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const told = callsOf('CompleteJob').length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(callsOf('CompleteJob').length).toBe(told);
  });
});

describe('fetching jobs', () => {
  test('asks for as many as there is room for', async () => {
    offer([jobOf(), jobOf(), jobOf()]);
    connect().work(options, () => new Promise(() => undefined));
    await eventually(() => callsOf('ActivateJobs').length >= 2);
    expect(callsOf('ActivateJobs').map((request) => request['maxJobsToActivate'])).toEqual(
      expect.arrayContaining([4, 1]),
    );
  });

  test('gathers quick jobs that end one after another into one request', async () => {
    offer([jobOf(), jobOf(), jobOf(), jobOf()], [jobOf()]);
    let delayMs = 0;
    connect().work(options, async () => {
      delayMs += 1;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      return { action: 'complete' };
    });
    await eventually(() => callsOf('CompleteJob').length === 5);
    const asked = callsOf('ActivateJobs').map((request) => request['maxJobsToActivate']);
    expect(asked.slice(0, 2)).toEqual([4, 4]);
  });

  test('that is ended while it still waits for a token asks for none', async () => {
    const stop = new AbortController();
    const connection = createGateway({
      target: gateway.target,
      requestTimeoutMs: 1000,
      credentials: {
        headers: async () => {
          stop.abort();
          return {};
        },
        refused: () => undefined,
      },
    });
    offer([jobOf()]);
    const request = { type: 'send', worker: 'us', timeout: 1000, fetchVariable: [], tenantIds: [] };
    const asked = connection.activateJobs(
      { ...request, maxJobsToActivate: 1, requestTimeout: 1000 },
      { signal: stop.signal },
    );
    await expect(asked).rejects.toMatchObject({ status: 'CANCELLED' });
    connection.close();
  });

  test('under backpressure asks for half as many, and later for more again', async () => {
    let answers = 0;
    gateway.on('ActivateJobs', () => {
      answers += 1;
      if (answers <= 2) throw refuse(8, 'back pressure');
      return { jobs: [] };
    });
    connect().work({ ...options, maxActive: 16 }, async () => ({ action: 'complete' }));
    await eventually(() => callsOf('ActivateJobs').length >= 5);
    const asked = callsOf('ActivateJobs').map((request) => request['maxJobsToActivate']);
    expect(asked.slice(0, 5)).toEqual([16, 8, 4, 5, 6]);
  });

  test('goes on when the gateway is back', async () => {
    const camunda8 = connect();
    const worked: string[] = [];
    camunda8.work(options, async ({ key }) => {
      worked.push(key);
      return { action: 'complete' };
    });
    await eventually(() => callsOf('ActivateJobs').length > 0);
    const port = Number(gateway.target.split(':')[1]);
    await gateway.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    gateway = await startGatewayStub({ port });
    close.push(() => gateway.close());
    const job = jobOf();
    offer([job]);
    gateway.on('CompleteJob', () => ({}));
    await eventually(() => worked.length === 1);
    expect(worked).toEqual([job['key']]);
  });

  test('holds the process until it is drained, with no cluster there', async () => {
    const holding = () =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    await gateway.close();
    const before = holding();
    const worker = connect().work(options, async () => ({ action: 'complete' }));
    expect(holding()).toBe(before + 1);
    await worker.drain(0);
    expect(holding()).toBe(before);
  });

  test('a stream takes what is pushed, and polling what came up before it', async () => {
    const [early, pushed] = [jobOf(), jobOf()];
    offer([early]);
    gateway.onStream('StreamActivatedJobs', (stream) => stream.write(pushed));
    const worked = new Set<string>();
    connect({ streaming: true }).work(options, async ({ key }) => {
      worked.add(key);
      return { action: 'complete' };
    });
    await eventually(() => worked.size === 2);
    expect(worked).toEqual(new Set([early['key'], pushed['key']]));
  });

  test('a job that waited in a paused stream until its time was over is not begun: it comes again', async () => {
    // By the clock of a cluster that is an hour ahead.
    const pushed = () => jobOf({ deadline: String(Date.now() + 3_600_000 + 400) });
    const [first, late, next] = [pushed(), pushed(), pushed()];
    let push: (job: Fields) => void = () => undefined;
    gateway.onStream('StreamActivatedJobs', (stream) => {
      push = stream.write;
      stream.write(first);
      stream.write(late);
    });
    const worked: string[] = [];
    connect({ streaming: true }).work(
      { ...options, maxActive: 1, timeoutMs: 400 },
      async ({ key }) => {
        worked.push(key);
        if (worked.length === 1) await new Promise((resolve) => setTimeout(resolve, 600));
        return { action: 'complete' };
      },
    );
    await eventually(() => callsOf('CompleteJob').length === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    push({ ...next, deadline: String(Date.now() + 3_600_000 + 400) });
    await eventually(() => callsOf('CompleteJob').length === 2);
    expect(worked).toEqual([first['key'], next['key']]);
    expect(callsOf('FailJob')).toEqual([]);
  });

  test('a stream that ends is opened again', async () => {
    const jobs = [jobOf(), jobOf()];
    gateway.onStream('StreamActivatedJobs', (stream) => {
      const job = jobs.shift();
      if (job !== undefined) stream.write(job);
      if (jobs.length === 1) setTimeout(() => stream.end(refuse(14, 'restart')), 20);
    });
    const worked: string[] = [];
    connect({ streaming: true }).work(options, async ({ key }) => {
      worked.push(key);
      return { action: 'complete' };
    });
    await eventually(() => worked.length === 2);
    expect(gateway.streams.length).toBe(2);
  });

  test('a gateway without streams is asked once, and polled', async () => {
    gateway.onStream('StreamActivatedJobs', (stream) => stream.end(refuse(12, 'unknown method')));
    const camunda8 = connect({ streaming: true, pollIntervalMs: 20 });
    const worked: string[] = [];
    camunda8.work(options, async ({ key }) => {
      worked.push(key);
      return { action: 'complete' };
    });
    await eventually(() => gateway.streams.length === 1);
    offer([jobOf()]);
    await eventually(() => worked.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(gateway.streams.length).toBe(1);
  });

  test('drain ends the stream, and gives back what was not begun without loss of an attempt', async () => {
    const [begun, waiting] = [jobOf(), jobOf({ retries: 2 })];
    gateway.onStream('StreamActivatedJobs', (stream) => {
      stream.write(begun);
      stream.write(waiting);
    });
    let end = (): void => {};
    const worker = connect({ streaming: true }).work(
      { ...options, maxActive: 1 },
      () =>
        new Promise((resolve) => {
          end = () => resolve({ action: 'complete' });
        }),
    );
    await eventually(() => gateway.streams.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const draining = worker.drain(5000);
    await eventually(() => callsOf('FailJob').length === 1);
    expect(callsOf('FailJob')[0]).toMatchObject({ jobKey: waiting['key'], retries: 2 });
    end();
    await draining;
    expect(callsOf('CompleteJob')).toMatchObject([{ jobKey: begun['key'] }]);
    await gateway.streams[0]?.cancelled;
  });
});
