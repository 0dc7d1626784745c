import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { JsonObject, JsonValue, OutboundConnector } from '@bpmn-connectors/sdk';
import { type LocalEventBridge, manualClock } from '@bpmn-connectors/testing';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBatcher } from '../src/outbound/create-batcher.ts';
import { entryBytes } from '../src/outbound/entry-bytes.ts';
import { sendParcel } from '../src/outbound/parcel.ts';
import { type Call, sendBatch } from '../src/outbound/send-batch.ts';
import {
  connect,
  event,
  failure,
  type RunOptions,
  run,
  startBridge,
  until,
  variablesWith,
} from './run-job.ts';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Details of the entries of each call of PutEvents. */
const sent = ({ calls }: LocalEventBridge): JsonValue[][] =>
  calls
    .filter(({ action }) => action === 'PutEvents')
    .map(({ body }) => {
      const entries = isObject(body) && Array.isArray(body['Entries']) ? body['Entries'] : [];
      return entries.map((entry): JsonValue => {
        const text = isObject(entry) ? entry['Detail'] : undefined;
        const detail: JsonObject = typeof text === 'string' ? JSON.parse(text) : {};
        return detail['n'] ?? null;
      });
    });

const send = (
  connector: OutboundConnector,
  n: number,
  options?: RunOptions,
  changes: JsonObject = {},
) => run(connector, variablesWith({ input: { ...event, detail: { n }, ...changes } }), options);

const numbers = (count: number): number[] => [...Array(count).keys()];

/** A call that is under way until it is let go. */
function holdNextCall(bridge: LocalEventBridge): () => void {
  let letGo = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  bridge.failNext({ kind: 'late', until: answered });
  return () => letGo();
}

describe('Jobs that come together', () => {
  test('share calls of up to ten entries, and each gets its own result', async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint });
    const results = await Promise.all(numbers(23).map((n) => send(connector, n)));
    expect(sent(bridge).map(({ length }) => length)).toEqual([10, 10, 3]);
    const idOf = new Map(bridge.events.map(({ id, detail }) => [detail['n'], id]));
    for (const [n, result] of results.entries()) {
      expect(result).toMatchObject({
        failedEntryCount: 0,
        entries: [{ eventId: idOf.get(n), errorCode: null, errorMessage: null }],
      });
    }
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(23);
  });

  test('each have a call of their own where the window is 0', async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint, coalesce: { windowMs: 0 } });
    await Promise.all(numbers(3).map((n) => send(connector, n)));
    expect(
      sent(bridge)
        .flat()
        .sort((a, b) => Number(a) - Number(b)),
    ).toEqual([0, 1, 2]);
    expect(sent(bridge)).toHaveLength(3);
  });

  test('share calls of as many entries as the operator allows; one job with more has its own', async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint, coalesce: { maxEntries: 2 } });
    const list = { entries: numbers(3).map((n) => ({ detail: { n: 10 + n } })) };
    await Promise.all([
      send(connector, 0),
      send(connector, 1),
      send(connector, 2),
      send(connector, 3, {}, list),
    ]);
    expect(sent(bridge)).toEqual(expect.arrayContaining([[0, 1], [2], [10, 11, 12]]));
  });

  test('of several credentials share none', async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint });
    const as = (accessKey: string) =>
      run(connector, variablesWith({ authentication: { accessKey, secretKey: 'secret' } }));
    await Promise.all([as('AKIAONE'), as('AKIATWO'), as('AKIAONE')]);
    const callers = bridge.calls.map(({ accessKeyId }) => accessKeyId);
    expect(callers.sort()).toEqual(['AKIAONE', 'AKIATWO']);
  });

  test('in calls never over ten entries or a megabyte, whatever their sizes, each once and in order', async () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 1_048_575 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(size, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 30 }),
        async (jobs) => {
          const calls: PutEventsRequestEntry[][] = [];
          const call: Call = async (entries) => {
            calls.push(entries);
            const results = entries.map(({ EventBusName = '' }) => ({ EventId: EventBusName }));
            return { requestId: 'r', status: 200, headers: {}, entries: results };
          };
          const coalesce = { windowMs: 5, maxEntries: 10 };
          const hand = createBatcher((batch) => sendBatch(batch, call), coalesce, manualClock());
          const parcels = jobs
            .map((sizes, job) =>
              sizes.map((bytes, index) => ({
                Detail: 'x'.repeat(bytes),
                // Not counted, so it can bear the name.
                EventBusName: `${job}/${index}`,
              })),
            )
            .filter((entries) => entries.reduce((sum, e) => sum + entryBytes(e), 0) < 1_048_576);
          const answers = await Promise.all(
            parcels.map((p) => sendParcel(p, new AbortController().signal, hand)),
          );
          for (const entries of calls) {
            expect(entries.length).toBeLessThanOrEqual(10);
            expect(entries.reduce((sum, e) => sum + (e.Detail ?? '').length, 0)).toBeLessThan(
              1_048_576,
            );
          }
          const names = parcels.map((entries) => entries.map(({ EventBusName }) => EventBusName));
          expect(calls.flat().map(({ EventBusName }) => EventBusName)).toEqual(names.flat());
          expect(answers.map(({ entries }) => entries.map(({ EventId }) => EventId))).toEqual(
            names,
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('A job that comes while a call is under way', () => {
  test('waits for others no longer than the window', async () => {
    const bridge = await startBridge();
    const clock = manualClock();
    const connector = connect({ endpoint: bridge.endpoint, clock, coalesce: { windowMs: 7 } });
    const letGo = holdNextCall(bridge);
    const first = send(connector, 0);
    await until(() => bridge.events.length === 1);
    const second = send(connector, 1);
    const third = send(connector, 2);
    await until(() => clock.scheduled().length > 0);
    expect(clock.scheduled()).toEqual([7]);
    clock.advance(7);
    await Promise.all([second, third]);
    letGo();
    await first;
    expect(sent(bridge)).toEqual([[0], [1, 2]]);
  });

  test('leaves when that call has ended, without any time passing', async () => {
    const bridge = await startBridge();
    const clock = manualClock();
    const connector = connect({ endpoint: bridge.endpoint, clock });
    const letGo = holdNextCall(bridge);
    const first = send(connector, 0);
    await until(() => bridge.events.length === 1);
    const second = send(connector, 1);
    await until(() => clock.scheduled().length > 0);
    letGo();
    await Promise.all([first, second]);
    expect(sent(bridge)).toEqual([[0], [1]]);
  });

  test('leaves at once when the call is full', async () => {
    const bridge = await startBridge();
    const clock = manualClock();
    const connector = connect({ endpoint: bridge.endpoint, clock });
    const letGo = holdNextCall(bridge);
    const first = send(connector, 0);
    await until(() => bridge.events.length === 1);
    await Promise.all(numbers(10).map((n) => send(connector, n + 1)));
    letGo();
    await first;
    expect(sent(bridge).map(({ length }) => length)).toEqual([1, 10]);
  });
});

describe('An aborted job', () => {
  test('that still waits is not sent', async () => {
    const bridge = await startBridge();
    const clock = manualClock();
    const connector = connect({ endpoint: bridge.endpoint, clock });
    const letGo = holdNextCall(bridge);
    const first = send(connector, 0);
    await until(() => bridge.events.length === 1);
    const abort = new AbortController();
    const second = failure(send(connector, 1, { signal: abort.signal }));
    const third = send(connector, 2);
    await until(() => clock.scheduled().length > 0);
    abort.abort();
    expect(await second).toMatchObject({ code: 'PUT_EVENTS_ABORTED', retryable: true });
    letGo();
    await Promise.all([first, third]);
    expect(sent(bridge)).toEqual([[0], [2]]);
  });

  test("leaves the others' call alone, and the last one ends it", async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint });
    const letGo = holdNextCall(bridge);
    const abort = new AbortController();
    const gone = failure(send(connector, 0, { signal: abort.signal }));
    const stays = send(connector, 1);
    await until(() => bridge.events.length === 2);
    abort.abort();
    expect((await gone).code).toBe('PUT_EVENTS_ABORTED');
    letGo();
    expect(await stays).toMatchObject({ entries: [{ eventId: bridge.events[1]?.id }] });
  });

  test('is not sent when it was aborted before', async () => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint });
    expect((await failure(send(connector, 0, { signal: AbortSignal.abort() }))).code).toBe(
      'PUT_EVENTS_ABORTED',
    );
    expect(bridge.calls).toEqual([]);
  });

  test('aborts the call when nobody else waits for it', async () => {
    const aborted: boolean[] = [];
    const call: Call = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(true);
          reject(new Error('aborted'));
        });
      });
    const aborts = [new AbortController(), new AbortController()];
    const hand = createBatcher(
      (batch) => sendBatch(batch, call),
      { windowMs: 5, maxEntries: 2 },
      manualClock(),
    );
    const parcels = aborts.map(({ signal }) => sendParcel([{ Detail: '{}' }], signal, hand));
    const [one, two] = aborts;
    one?.abort();
    expect(aborted).toEqual([]);
    two?.abort();
    expect(aborted).toEqual([true]);
    const ends = await Promise.allSettled(parcels);
    expect(ends).toMatchObject([
      { status: 'rejected', reason: { code: 'PUT_EVENTS_ABORTED' } },
      { status: 'rejected', reason: { code: 'PUT_EVENTS_ABORTED' } },
    ]);
  });
});

describe('A shared call', () => {
  test.each(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException'])(
    'refused with %s because of one job is made again for each, and only that one fails',
    async (code) => {
      const bridge = await startBridge();
      bridge.failNext({ kind: 'error', code, source: 'poison', times: 2 });
      const connector = connect({ endpoint: bridge.endpoint });
      const good = [send(connector, 0), send(connector, 2)];
      const bad = failure(send(connector, 1, {}, { source: 'poison' }));
      expect(await bad).toMatchObject({ code, retryable: false });
      await Promise.all(good);
      expect(sent(bridge).map(({ length }) => length)).toEqual([3, 1, 1, 1]);
      expect(
        bridge.events.map(({ detail }) => detail['n']).sort((a, b) => Number(a) - Number(b)),
      ).toEqual([0, 2]);
    },
  );

  test('answered with a bare 413 is made again for each, too', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'http', status: 413, source: 'poison', times: 2 });
    const connector = connect({ endpoint: bridge.endpoint });
    const good = send(connector, 0);
    const bad = failure(send(connector, 1, {}, { source: 'poison' }));
    expect(await bad).toMatchObject({ code: 'HTTP_413', retryable: false });
    await good;
    expect(bridge.events).toHaveLength(1);
  });

  test('refused because of the caller fails all its jobs with its code, and is made once', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'error', code: 'ExpiredTokenException' });
    const connector = connect({ endpoint: bridge.endpoint });
    const errors = await Promise.all(numbers(3).map((n) => failure(send(connector, n))));
    expect(errors.map(({ code }) => code)).toEqual(Array(3).fill('ExpiredTokenException'));
    expect(sent(bridge)).toHaveLength(1);
  });

  test('whose answer is cut in half is unknown to all its jobs, and never made again', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'half-answer' });
    const connector = connect({ endpoint: bridge.endpoint });
    const errors = await Promise.all(numbers(2).map((n) => failure(send(connector, n))));
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'PUT_EVENTS_OUTCOME_UNKNOWN', retryable: false });
    }
    expect(sent(bridge)).toEqual([[0, 1]]);
  });

  test("tells no job of another's payload or credentials", async () => {
    const bridge = await startBridge();
    const message = 'bad: {"n":"Ada Lovelace"} very-secret-key';
    bridge.failNext({ kind: 'error', code: 'SerializationException', message });
    const connector = connect({ endpoint: bridge.endpoint });
    const input = { ...event, detail: { n: 'Ada Lovelace' } };
    const [, other] = await Promise.all([
      failure(run(connector, variablesWith({ input }))),
      failure(send(connector, 1)),
    ]);
    expect(other?.message).toMatch(/^bad: \*\*\* \*\*\* /);
  });

  test('with a refused entry fails the job of that entry only', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'entry', indexes: [1], code: 'NotAuthorizedForDetailTypeException' });
    const connector = connect({ endpoint: bridge.endpoint });
    const [first, second, third] = [0, 1, 2].map((n) => send(connector, n));
    expect(await failure(Promise.resolve(second))).toMatchObject({
      code: 'NotAuthorizedForDetailTypeException',
      result: { failedEntryCount: 1, entries: [{ eventId: null }] },
    });
    expect(await first).toMatchObject({ failedEntryCount: 0, entries: [{ errorCode: null }] });
    expect(await third).toMatchObject({ failedEntryCount: 0, entries: [{ errorCode: null }] });
  });
});
