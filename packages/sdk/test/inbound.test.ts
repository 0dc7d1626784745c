import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { z } from 'zod';
import {
  ConfigurationError,
  defineInbound,
  field,
  type InboundContext,
  type InboundEvent,
  type InboundOutcome,
  implementInbound,
  isConnectorError,
  type JsonObject,
  type SubscriptionContext,
  secret,
  silentLogger,
  systemClock,
  type Verdict,
  verdictOf,
} from '../src/index.ts';

const queueDefinition = defineInbound({
  type: 'io.example:queue:1',
  template: { id: 'io.example.Queue.v1', version: 1, name: 'Queue' },
  properties: z.object({
    queue: z.object({ url: z.url(), batch: z.int().min(1).max(10).default(5) }),
    token: secret({ label: 'Token' }),
    urgent: field(z.boolean().default(false), { label: 'Urgent only' }),
  }),
});

const written = { 'queue.url': 'https://queue.example', 'queue.batch': '7', token: 'hush' };

/** Attaches the queue and gives what its code was given. */
async function attach(overrides: Partial<InboundContext> = {}) {
  const seen: { properties?: unknown; context?: SubscriptionContext } = {};
  const events: InboundEvent[] = [];
  const summaries: unknown[] = [];
  const connector = implementInbound(queueDefinition, {
    address: ({ queue }) => queue.url,
    activate: async (properties, context) => {
      Object.assign(seen, { properties, context });
      return async () => {};
    },
  });
  const prepared = connector.prepare(written);
  await prepared.activate({
    logger: silentLogger,
    clock: systemClock,
    correlate: async (event) => {
      events.push(event);
      return { status: 'started', processInstanceKey: '7' };
    },
    delivered: (summary) => void summaries.push(summary),
    refused: () => {},
    ...overrides,
  });
  const { context } = seen;
  if (context === undefined) throw new Error('The queue was not activated');
  return { prepared, context, events, summaries, properties: seen.properties };
}

const problemsOf = (properties: Readonly<Record<string, string>>): unknown => {
  const connector = implementInbound(queueDefinition, {
    address: () => 'queue',
    activate: async () => async () => {},
  });
  try {
    return connector.prepare(properties).address;
  } catch (error) {
    return error instanceof ConfigurationError ? error.problems : error;
  }
};

describe('an inbound definition', () => {
  test('gives its code typed properties, with dots as nesting and defaults in place', async () => {
    const { properties } = await attach();
    expect(properties).toEqual({
      queue: { url: 'https://queue.example', batch: 7 },
      token: 'hush',
      urgent: false,
    });
  });

  test('makes an endpoint of exactly the properties that it declares', () => {
    const { endpointProperties } = queueDefinition;
    expect(endpointProperties).toEqual(expect.arrayContaining(['queue.', 'token', 'urgent']));
    expect(endpointProperties).not.toContain('resultExpression');
  });

  test('names all properties that are wrong at once, and no value', () => {
    const problems = problemsOf({ 'queue.url': 'not-an-address', 'queue.batch': '70' });
    expect(problems).toMatchObject([
      { where: 'queue.url' },
      { where: 'queue.batch' },
      { where: 'token' },
    ]);
    expect(JSON.stringify(problems)).not.toContain('not-an-address');
  });

  test('no name of a property reaches a prototype', () => {
    problemsOf({ ...written, '__proto__.polluted': 'x', 'constructor.prototype.polluted': 'x' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect({}).not.toHaveProperty('polluted');
  });

  test('a name that runs through the value of another is left out', () => {
    expect(problemsOf({ ...written, 'token.more': 'x' })).toBe('queue');
  });
});

describe('a subscription', () => {
  test('hands its variables to expressions as they are', async () => {
    const { context, events } = await attach();
    const outcome = await context.correlate({ variables: { order: 5 }, messageId: 'm-1' });
    expect(outcome.status).toBe('started');
    expect(events).toMatchObject([{ scope: { order: 5 }, messageId: 'm-1' }]);
  });

  test('what a dead letter keeps of an event is read as the same event', async () => {
    const { prepared, context, events } = await attach();
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
        fc.option(fc.string(), { nil: undefined }),
        async (values, messageId) => {
          // JSON knows no -0, so neither does what is compared.
          const variables: JsonObject = JSON.parse(JSON.stringify(values));
          await context.correlate({
            variables,
            ...(messageId === undefined ? {} : { messageId }),
          });
          const sent = events.pop();
          if (sent === undefined) throw new Error('Nothing was correlated');
          expect(prepared.read(sent.raw)).toEqual(sent);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('a letter that it did not write cannot be read', async () => {
    const { prepared } = await attach();
    const read = () => prepared.read({ envelope: {}, body: new Uint8Array([123]) });
    let code: string | undefined;
    try {
      read();
    } catch (error) {
      code = isConnectorError(error) ? error.code : undefined;
    }
    expect(code).toBe('DELIVERY_UNREADABLE');
  });

  test('leaves a summary of each delivery', async () => {
    const { context, summaries } = await attach();
    await context.correlate({ variables: {} });
    expect(summaries).toMatchObject([
      { outcome: 'started', step: 'send', processInstanceKey: '7' },
    ]);
  });

  test('a summary that is not taken does not undo the delivery', async () => {
    const { context } = await attach({
      delivered: () => {
        throw new Error('no room');
      },
    });
    expect(await context.correlate({ variables: {} })).toMatchObject({ status: 'started' });
  });

  test('reports its health where somebody looks', async () => {
    const reports: unknown[] = [];
    const { context } = await attach({ report: (health) => void reports.push(health) });
    context.report({ status: 'down', reason: 'away' });
    const { context: alone } = await attach();
    alone.report({ status: 'up' });
    expect(reports).toEqual([{ status: 'down', reason: 'away' }]);
  });
});

const unprocessable = {
  status: 'unprocessable',
  code: 'REJECTED',
  message: 'no',
  deadLetterId: '1',
} as const;

const verdicts: readonly (readonly [InboundOutcome, Verdict])[] = [
  [{ status: 'started', processInstanceKey: '1' }, 'acknowledge'],
  [{ status: 'correlated', processInstanceKey: '1' }, 'acknowledge'],
  [{ status: 'accepted', messageKey: '1' }, 'acknowledge'],
  [{ status: 'duplicate' }, 'acknowledge'],
  [{ status: 'not-activated', consume: true }, 'acknowledge'],
  [{ status: 'not-activated', consume: false }, 'reject'],
  [{ status: 'not-activated', consume: undefined }, 'reject'],
  [unprocessable, 'reject'],
  [{ status: 'no-subscription' }, 'retry'],
  [{ status: 'unavailable', code: 'TIMEOUT', message: 'late' }, 'retry'],
];

test.each(verdicts)('the verdict on %j is %s', (outcome, verdict) => {
  expect(verdictOf(outcome)).toBe(verdict);
});
