import type { JsonObject } from '@bpmn-connectors/sdk';
import { type LocalEventBridge, manualClock } from '@bpmn-connectors/testing';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRateLimit } from '../src/outbound/create-rate-limit.ts';
import { resendRejected } from '../src/outbound/resend-rejected.ts';
import { connect, event, failure, run, startBridge, until, variablesWith } from './run-job.ts';

const actions = ({ calls }: LocalEventBridge): string[] => calls.map(({ action }) => action);

const putCalls = (bridge: LocalEventBridge): number =>
  actions(bridge).filter((action) => action === 'PutEvents').length;

const onBus = (eventBusName: string): JsonObject =>
  variablesWith({ input: { ...event, eventBusName } });

describe('An entry that is refused for a passing reason', () => {
  test.each(['ThrottlingException', 'InternalFailure'])(
    'is sent again without the others, the results in their order: %s',
    async (code) => {
      const bridge = await startBridge();
      bridge.failNext({ kind: 'entry', indexes: [0, 2], code });
      const entries = [{ detail: { n: 0 } }, { detail: { n: 1 } }, { detail: { n: 2 } }];
      const result = await run(
        connect({ endpoint: bridge.endpoint }),
        variablesWith({ input: { ...event, entries } }),
      );
      expect(bridge.events.map(({ detail }) => detail['n'])).toEqual([1, 0, 2]);
      const [one, zero, two] = bridge.events;
      expect(result).toMatchObject({
        failedEntryCount: 0,
        entries: [{ eventId: zero?.id }, { eventId: one?.id }, { eventId: two?.id }],
      });
    },
  );

  test('fails the job when it stays refused, to be tried again', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'entry', code: 'ThrottlingException', times: 2 });
    const connector = connect({ endpoint: bridge.endpoint, maxAttempts: 2 });
    expect(await failure(run(connector, variablesWith()))).toMatchObject({
      code: 'ThrottlingException',
      retryable: true,
    });
    expect(putCalls(bridge)).toBe(2);
  });

  test('beside one refused for good fails the job with the latter, not to be tried again', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'entry', indexes: [0, 1], code: 'InternalFailure' });
    bridge.failNext({ kind: 'entry', indexes: [1], code: 'MalformedDetail' });
    bridge.failNext({ kind: 'entry', indexes: [0], code: 'InternalFailure' });
    const connector = connect({ endpoint: bridge.endpoint, maxAttempts: 2 });
    const input = { ...event, entries: [{}, {}] };
    expect(await failure(run(connector, variablesWith({ input })))).toMatchObject({
      code: 'MalformedDetail',
      retryable: false,
    });
  });

  test('leaves the results of the others as they are where the call that sends it again fails', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'entry', indexes: [1], code: 'ThrottlingException' });
    bridge.failNext({ kind: 'error', code: 'InternalException', times: 2 });
    const connector = connect({ endpoint: bridge.endpoint, maxAttempts: 2 });
    const input = { ...event, entries: [{}, {}] };
    const error = await failure(run(connector, variablesWith({ input })));
    expect(error).toMatchObject({
      code: 'ThrottlingException',
      retryable: true,
      result: { failedEntryCount: 1, entries: [{ eventId: bridge.events[0]?.id }, {}] },
    });
    expect(putCalls(bridge)).toBe(3);
  });

  test('is not sent again when the job is over while it waits', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'entry', code: 'ThrottlingException' });
    const clock = manualClock();
    const abort = new AbortController();
    const connector = connect({ endpoint: bridge.endpoint, clock });
    const error = failure(run(connector, variablesWith(), { signal: abort.signal }));
    await until(() => clock.scheduled().length > 0);
    abort.abort();
    expect((await error).code).toBe('PUT_EVENTS_ABORTED');
    expect(clock.scheduled()).toEqual([]);
    expect(putCalls(bridge)).toBe(1);
  });
});

describe('The pauses between attempts', () => {
  const refused = async () => ({
    requestId: undefined,
    status: 200,
    headers: {},
    entries: [{ ErrorCode: 'ThrottlingException' }],
  });

  /** All pauses that are waited for, one after the other. */
  async function pausesOf(maxAttempts: number, random: () => number): Promise<number[]> {
    const clock = manualClock();
    const pauses: number[] = [];
    let over = false;
    const { signal } = new AbortController();
    const done = resendRejected([{}], refused, { maxAttempts, clock, signal, random }).then(() => {
      over = true;
    });
    while (!over) {
      const [next] = clock.scheduled();
      if (next !== undefined) pauses.push(next);
      clock.advance(next ?? 0);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
    return pauses;
  }

  test('are drawn from a range that doubles, up to 5 s', async () => {
    expect(await pausesOf(7, () => 0.5)).toEqual([100, 200, 400, 800, 1600, 2500]);
    expect(await pausesOf(3, () => 0)).toEqual([0, 0]);
  });

  test('end after 20 s, however many attempts are allowed', async () => {
    const pauses = await pausesOf(100, () => 0.999);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(20_000);
    expect(pauses.length).toBeGreaterThan(5);
  });
});

describe('A bus', () => {
  test('is asked for before its first event only, however many jobs come', async () => {
    const bridge = await startBridge();
    bridge.createEventBus('orders');
    const connector = connect({ endpoint: bridge.endpoint });
    await Promise.all([1, 2, 3].map(() => run(connector, onBus('orders'))));
    await run(connector, onBus('orders'));
    expect(actions(bridge)).toEqual(['DescribeEventBus', 'PutEvents', 'PutEvents']);
  });

  test('of a partner is one like others', async () => {
    const bridge = await startBridge();
    bridge.createEventBus('aws.partner/example.com/shop/1');
    await run(connect({ endpoint: bridge.endpoint }), onBus('aws.partner/example.com/shop/1'));
    expect(bridge.events).toHaveLength(1);
  });

  test('that is not there fails the job, its name and region told, until it is', async () => {
    const bridge = await startBridge();
    const clock = manualClock();
    const connector = connect({ endpoint: bridge.endpoint, clock });
    const error = await failure(run(connector, onBus('nowhere')));
    expect(error).toMatchObject({ code: 'EVENT_BUS_NOT_FOUND', retryable: false });
    expect(error.message).toContain('nowhere in us-east-1');
    bridge.createEventBus('nowhere');
    expect((await failure(run(connector, onBus('nowhere')))).code).toBe('EVENT_BUS_NOT_FOUND');
    clock.advance(15_000);
    await run(connector, onBus('nowhere'));
    expect(bridge.events).toHaveLength(1);
  });

  test('may be named in a list, where a wrong one lets nothing be sent', async () => {
    const bridge = await startBridge();
    const input = { ...event, entries: [{}, { eventBusName: 'nowhere' }] };
    const connector = connect({ endpoint: bridge.endpoint });
    expect((await failure(run(connector, variablesWith({ input })))).code).toBe(
      'EVENT_BUS_NOT_FOUND',
    );
    expect(putCalls(bridge)).toBe(0);
  });

  test("given by an ARN of the caller's account is asked for by its name", async () => {
    const bridge = await startBridge();
    const arn = `arn:aws:events:us-east-1:${bridge.account}:event-bus/orders`;
    const connector = connect({ endpoint: bridge.endpoint });
    expect((await failure(run(connector, onBus(arn)))).code).toBe('EVENT_BUS_NOT_FOUND');
    expect(bridge.calls.map(({ body }) => body)).toEqual([{ Name: 'default' }, { Name: 'orders' }]);
  });

  test('of another account is not asked for: AWS would not show it', async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint });
    await run(connector, onBus('arn:aws:events:us-east-1:999999999999:event-bus/orders'));
    expect(actions(bridge)).toEqual(['DescribeEventBus', 'PutEvents']);
  });

  test('that nobody may ask for gets its events, with one warning', async () => {
    const bridge = await startBridge();
    bridge.failNext({
      kind: 'error',
      code: 'AccessDeniedException',
      action: 'DescribeEventBus',
      times: 2,
    });
    bridge.createEventBus('orders');
    bridge.createEventBus('billing');
    const warnings: string[] = [];
    const silent = (): void => undefined;
    const logger = {
      debug: silent,
      info: silent,
      error: silent,
      warn: (_: object, message?: string) => warnings.push(message ?? ''),
    };
    const connector = connect({ endpoint: bridge.endpoint });
    await run(connector, onBus('orders'), { logger });
    await run(connector, onBus('billing'), { logger });
    await run(connector, onBus('orders'), { logger });
    expect(warnings).toEqual([expect.stringContaining('events:DescribeEventBus')]);
    expect(bridge.events).toHaveLength(3);
  });

  test('that cannot be asked for at the moment gets its events', async () => {
    const bridge = await startBridge();
    bridge.createEventBus('orders');
    bridge.failNext({ kind: 'http', status: 502, action: 'DescribeEventBus', times: 3 });
    await run(connect({ endpoint: bridge.endpoint }), onBus('orders'));
    expect(bridge.events).toHaveLength(1);
  });

  test('gets its events when AWS does not answer in two seconds', async () => {
    const bridge = await startBridge();
    bridge.createEventBus('orders');
    bridge.failNext({ kind: 'hang', action: 'DescribeEventBus' });
    const clock = manualClock();
    const done = run(connect({ endpoint: bridge.endpoint, clock }), onBus('orders'));
    await until(() => bridge.calls.length === 1);
    expect(clock.scheduled()).toEqual([2000]);
    clock.advance(2000);
    await done;
    expect(bridge.events).toHaveLength(1);
  });

  test('is asked for again after an hour, while events go on', async () => {
    const bridge = await startBridge();
    bridge.createEventBus('orders');
    const clock = manualClock();
    const connector = connect({ endpoint: bridge.endpoint, clock });
    await run(connector, onBus('orders'));
    clock.advance(3_600_000);
    bridge.failNext({ kind: 'hang', action: 'DescribeEventBus' });
    await run(connector, onBus('orders'));
    expect(bridge.events).toHaveLength(2);
    expect(actions(bridge).filter((action) => action === 'DescribeEventBus')).toHaveLength(2);
  });

  test('is not asked for where the operator wants it so', async () => {
    const bridge = await startBridge();
    await run(connect({ endpoint: bridge.endpoint, checkEventBus: false }), onBus('nowhere'));
    expect(actions(bridge)).toEqual(['PutEvents']);
  });

  test('is given up for by a job that is over, not by the others', async () => {
    const bridge = await startBridge();
    bridge.createEventBus('orders');
    bridge.failNext({ kind: 'hang', action: 'DescribeEventBus' });
    const clock = manualClock();
    const abort = new AbortController();
    const connector = connect({ endpoint: bridge.endpoint, clock });
    const gone = failure(run(connector, onBus('orders'), { signal: abort.signal }));
    const stays = run(connector, onBus('orders'));
    await until(() => bridge.calls.length === 1);
    abort.abort();
    expect((await gone).code).toBe('PUT_EVENTS_ABORTED');
    clock.advance(2000);
    await stays;
    expect(bridge.events).toHaveLength(1);
  });
});

describe('The rate limit', () => {
  test('lets a burst pass and the rest wait for their turn, over all jobs of a client', async () => {
    const bridge = await startBridge();
    const clock = manualClock();
    const rateLimit = { eventsPerSecond: 10, burst: 2 };
    const connector = connect({ endpoint: bridge.endpoint, clock, rateLimit });
    const jobs = [1, 2, 3, 4].map(() => run(connector, variablesWith()));
    await until(() => bridge.events.length === 2 && clock.scheduled().length === 1);
    expect(clock.scheduled()).toEqual([100]);
    clock.advance(100);
    await until(() => bridge.events.length === 3);
    expect(clock.scheduled()).toEqual([100]);
    clock.advance(100);
    await Promise.all(jobs);
    expect(bridge.events).toHaveLength(4);
  });

  test('is left by a job that is over, which sends nothing', async () => {
    const bridge = await startBridge();
    const clock = manualClock();
    const rateLimit = { eventsPerSecond: 1, burst: 1 };
    const connector = connect({ endpoint: bridge.endpoint, clock, rateLimit });
    await run(connector, variablesWith());
    const abort = new AbortController();
    const gone = failure(run(connector, variablesWith(), { signal: abort.signal }));
    await until(() => clock.scheduled().length === 1);
    abort.abort();
    expect((await gone).code).toBe('PUT_EVENTS_ABORTED');
    expect(bridge.events).toHaveLength(1);
    expect(clock.scheduled()).toEqual([]);
  });

  test('gives the turns of jobs that are over to those behind them', async () => {
    const clock = manualClock(0);
    const limit = createRateLimit({ eventsPerSecond: 1, burst: 1 }, clock);
    const never = new AbortController().signal;
    expect(limit(1, never)).toBeUndefined();
    const aborts = [1, 2, 3].map(() => new AbortController());
    const gone = aborts.map(async ({ signal }) => limit(10, signal));
    const passedAt: number[] = [];
    const stays = [1, 2].map(async () => {
      await limit(1, never);
      passedAt.push(clock.now());
    });
    for (const abort of aborts.toReversed()) abort.abort();
    const ends = await Promise.allSettled(gone);
    expect(ends).toMatchObject(Array(3).fill({ reason: { code: 'PUT_EVENTS_ABORTED' } }));
    clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1000);
    await Promise.all(stays);
    expect(passedAt).toEqual([1000, 2000]);
  });

  test('lets no more than burst and rate pass in any stretch of time, and all in the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 10 })), {
          minLength: 1,
          maxLength: 30,
        }),
        async (eventsPerSecond, burst, arrivals) => {
          const clock = manualClock(0);
          const limit = createRateLimit({ eventsPerSecond, burst }, clock);
          const { signal } = new AbortController();
          const passed: { readonly at: number; readonly events: number }[] = [];
          const waits: Promise<unknown>[] = [];
          // Step by step, so that each sees the time at which it may pass.
          const goOn = async (milliseconds: number): Promise<void> => {
            // Whole milliseconds: a rest of less than one could be too small to move the clock.
            const next = Math.min(milliseconds, ...clock.scheduled().map(Math.ceil));
            clock.advance(next);
            await new Promise((resolve) => setImmediate(resolve));
            if (next < milliseconds) await goOn(milliseconds - next);
          };
          for (const [delay, events] of arrivals) {
            await goOn(delay);
            const wait = limit(events, signal);
            const pass = () => passed.push({ at: clock.now(), events });
            if (wait === undefined) pass();
            else waits.push(wait.then(pass));
          }
          // One that waited may have made the next one wait anew.
          while (clock.scheduled().length > 0) {
            await goOn(Math.ceil(Math.max(...clock.scheduled())));
          }
          await Promise.all(waits);
          expect(passed).toHaveLength(arrivals.length);
          for (const [index, { at }] of passed.entries()) {
            let sum = 0;
            for (const later of passed.slice(index)) {
              sum += later.events;
              // One group may be larger than the bucket: it then waits for its own size.
              const most = Math.max(burst, 10) + ((later.at - at + 1) * eventsPerSecond) / 1000;
              expect(sum).toBeLessThanOrEqual(most + 1e-6);
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
