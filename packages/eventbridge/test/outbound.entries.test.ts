import { eventBridgeDefinition } from '@bpmn-connectors/eventbridge/outbound';
import { bind, type JsonObject } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toEntries } from '../src/outbound/to-entries.ts';
import { connect, event, failure, run, startBridge, variablesWith } from './run-job.ts';

const megabyte = 1_048_576;

describe('A trace', () => {
  const traceparent = (flags: string) =>
    `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-${flags}`;
  const root = 'Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7';

  test.each([
    ['01', `${root};Sampled=1`],
    ['00', `${root};Sampled=0`],
    ['03', `${root};Sampled=1`],
  ])('with flags %s goes on in the trace header of X-Ray', async (flags, header) => {
    const bridge = await startBridge();
    const trace = { traceparent: traceparent(flags) };
    await run(connect({ endpoint: bridge.endpoint }), variablesWith(), { trace });
    expect(bridge.calls.at(-1)?.body).toMatchObject({ Entries: [{ TraceHeader: header }] });
  });

  test('gives way to the trace header of the model', async () => {
    const bridge = await startBridge();
    const trace = { traceparent: traceparent('01') };
    const input = { ...event, entries: [{ traceHeader: 'Root=1-2-3' }, {}] };
    await run(connect({ endpoint: bridge.endpoint }), variablesWith({ input }), { trace });
    expect(bridge.calls.at(-1)?.body).toMatchObject({
      Entries: [{ TraceHeader: 'Root=1-2-3' }, { TraceHeader: `${root};Sampled=1` }],
    });
  });
});

// As the engine 8.8.21 hands over `now()` and `date and time("2026-01-01T10:00:00@Europe/Berlin")`.
test.each([
  ['2026-11-30T05:15:34.257Z[Etc/UTC]', '2026-11-30T05:15:34Z'],
  ['2026-01-01T10:00:00+01:00[Europe/Berlin]', '2026-01-01T09:00:00Z'],
])('A time may name its zone, as Zeebe writes it: %s', async (time, expected) => {
  const bridge = await startBridge();
  const input = { ...event, time };
  await run(connect({ endpoint: bridge.endpoint }), variablesWith({ input }));
  expect(bridge.events).toMatchObject([{ time: expected }]);
});

describe('A list of events', () => {
  test('goes in one call, what an entry leaves out taken from the input, results in the same order', async () => {
    const bridge = await startBridge();
    bridge.createEventBus('billing');
    const entries = [
      { detail: { n: 1 } },
      { detail: '{"n":2}', source: 'shop.returns', detailType: 'Returned', resources: 'arn:r' },
      { detail: { n: 3 }, eventBusName: 'billing', time: '2026-02-03T04:05:06Z', traceHeader: 't' },
      { source: '', resources: null },
    ];
    const result = await run(
      connect({ endpoint: bridge.endpoint }),
      variablesWith({ input: { ...event, entries } }),
    );
    expect(bridge.events).toMatchObject([
      { source: 'shop.orders', 'detail-type': 'OrderCreated', detail: { n: 1 } },
      { source: 'shop.returns', 'detail-type': 'Returned', detail: { n: 2 }, resources: ['arn:r'] },
      { source: 'shop.orders', time: '2026-02-03T04:05:06Z', detail: { n: 3 } },
      { source: 'shop.orders', detail: { id: 1 }, resources: [] },
    ]);
    expect(result).toMatchObject({
      failedEntryCount: 0,
      entries: bridge.events.map(({ id }) => ({
        eventId: id,
        errorCode: null,
        errorMessage: null,
      })),
    });
    expect(bridge.calls.filter(({ action }) => action === 'PutEvents')).toHaveLength(1);
  });

  test('needs nothing beside itself where every entry is complete', async () => {
    const bridge = await startBridge();
    const input = { entries: [event, event] };
    await run(connect({ endpoint: bridge.endpoint }), variablesWith({ input }));
    expect(bridge.events).toHaveLength(2);
  });

  test('that has a refused entry fails with its code, and tells of all entries', async () => {
    const bridge = await startBridge();
    bridge.failNext({ kind: 'entry', indexes: [1], code: 'MalformedDetail', message: 'bad' });
    const input = { ...event, entries: [{}, {}, {}] };
    const error = await failure(
      run(connect({ endpoint: bridge.endpoint }), variablesWith({ input })),
    );
    expect(error).toMatchObject({
      code: 'MalformedDetail',
      retryable: false,
      result: {
        failedEntryCount: 1,
        entries: [
          { eventId: bridge.events[0]?.id },
          { eventId: null, errorCode: 'MalformedDetail', errorMessage: 'bad' },
          { eventId: bridge.events[1]?.id },
        ],
      },
    });
  });

  test.each<[string, JsonObject, string]>([
    [
      'eleven',
      { ...event, entries: Array.from({ length: 11 }, () => ({})) },
      'input.entries (Events): ',
    ],
    ['none', { ...event, entries: [] }, 'input.entries (Events): '],
    ['a source of AWS', { ...event, entries: [{}, { source: 'aws.s3' }] }, 'entries.1.source: '],
    ['no source', { entries: [event, { ...event, source: '' }] }, 'input.entries.1.source: is mi'],
    [
      'no list, and no bus',
      { ...event, eventBusName: null },
      'input.eventBusName (Event bus): is missing',
    ],
    ['text for a detail', { ...event, entries: [{}, { detail: 'x' }] }, 'input.entries.1.detail: '],
    ['null for a detail', { ...event, entries: [{ detail: null }] }, 'input.entries.0.detail: '],
    [
      'more than a megabyte together',
      { ...event, entries: [{}, { detail: { a: 'x'.repeat(600_000) } }, { detail: large() }] },
      'input.entries.2: ',
    ],
  ])('is refused before sending, the entry named: %s', async (_, input, where) => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint });
    const error = await failure(run(connector, variablesWith({ input })));
    expect(error).toMatchObject({ retryable: false, message: expect.stringContaining(where) });
    expect(bridge.calls).toEqual([]);
  });
});

function large(): JsonObject {
  return { a: 'x'.repeat(600_000) };
}

interface GivenEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: string;
  readonly resources: readonly string[];
  readonly time: boolean;
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** AWS's formula, written once more from its documentation. */
const sizeOf = ({ source, detailType, detail, resources, time }: GivenEntry): number =>
  (time ? 14 : 0) +
  bytes(source) +
  bytes(detailType) +
  bytes(detail) +
  resources.reduce((sum, resource) => sum + bytes(resource), 0);

const letter = fc.constantFrom('a', 'ü', '€', '😀', '"', '\\', '\u0000', '\ud800');
const text = fc.string({ unit: letter, minLength: 1, maxLength: 20 });
const given = fc.record({
  source: text,
  detailType: text,
  detail: text.map((value) => JSON.stringify({ value })),
  resources: fc.array(text, { maxLength: 3 }),
  time: fc.boolean(),
});

describe('The size of the events of a job', () => {
  test('is what AWS counts: all under a megabyte is sent, nothing over it', () => {
    fc.assert(
      fc.property(
        fc.array(given, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: -20, max: 20 }),
        letter,
        (list, over, filling) => {
          const [first = { detail: '{}' }, ...others] = list;
          // The first entry is filled up until all together are so much over the limit.
          const missing = megabyte + over - list.reduce((sum, entry) => sum + sizeOf(entry), 0);
          const frame = bytes(',"f":""');
          const written = JSON.stringify(filling).slice(1, -1);
          const whole = Math.floor((missing - frame) / bytes(written));
          const rest = 'x'.repeat((missing - frame) % bytes(written));
          const detail = `${first.detail.slice(0, -1)},"f":"${written.repeat(whole)}${rest}"}`;
          const events = [{ ...first, detail }, ...others].map((entry, index) => ({
            ...event,
            ...entry,
            where: `input.entries.${index}`,
            time: 'time' in entry && entry.time ? '2026-01-01T00:00:00Z' : undefined,
          }));
          const send = () => toEntries(events);
          if (over >= 0) expect(send).toThrow('over the megabyte');
          else expect(send()).toHaveLength(list.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("The job's key in the detail", () => {
  test.each<[string, JsonObject, unknown[]]>([
    ['an object', { ...event, detail: { a: 1 } }, [{ jobKey: '1', a: 1 }]],
    ['an empty object', { ...event, detail: {} }, [{ jobKey: '1' }]],
    ['text', { ...event, detail: ' { } ' }, [{ jobKey: '1' }]],
    [
      'a member that is there already',
      { ...event, detail: { jobKey: 'own' } },
      [{ jobKey: 'own' }],
    ],
    [
      'several',
      { ...event, entries: [{}, {}] },
      [
        { jobKey: '1/0', id: 1 },
        { jobKey: '1/1', id: 1 },
      ],
    ],
  ])('is put into %s', async (_, input, details) => {
    const bridge = await startBridge();
    const connector = connect({ endpoint: bridge.endpoint, jobKeyIn: 'jobKey' });
    await run(connector, variablesWith({ input }));
    expect(bridge.events.map(({ detail }) => detail)).toEqual(details);
  });

  test('leaves the digits of numbers as they are', () => {
    const input = { ...event, detail: '{"id": 12345678901234567890}' };
    const bound = bind(eventBridgeDefinition.input, variablesWith({ input }));
    const [entry] = toEntries(bound.input, { name: 'jobKey', jobKey: '7' });
    expect(entry?.Detail).toBe('{"jobKey":"7","id": 12345678901234567890}');
  });
});
