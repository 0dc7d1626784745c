import type { JsonValue, Outcome } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { catchElement, startElement } from './support/elements.ts';
import { setUpInbound } from './support/inbound-setup.ts';
import { createMemoryProcessRuntime } from './support/memory-process-runtime.ts';

const nextTurn = (): Promise<void> => new Promise(setImmediate);

/** Delivers one body to one element and tells the outcome and the command. */
const deliver = async (
  element: ReturnType<typeof startElement>,
  body: JsonValue,
  messageId?: string,
) => {
  const { lines, engine, inbound } = await setUpInbound([element]);
  const call = messageId === undefined ? { body } : { body, messageId };
  const outcome = await lines.call(element.properties['inbound.context'] ?? '', call);
  return { outcome, command: engine.commands[0], engine, inbound };
};

describe('an event for a plain start event', () => {
  test('starts exactly the version whose element it is, with the mapped variables', async () => {
    const element = startElement({
      version: 7,
      tenantId: 'north',
      properties: { resultExpression: '={id: request.body.id, same: response.request.body.id}' },
    });
    const { outcome, command } = await deliver(element, { id: 42 });
    expect(command).toEqual({
      kind: 'start',
      processId: 'order',
      elementId: 'Start_1',
      version: 7,
      tenantId: 'north',
      variables: { id: 42, same: 42 },
    });
    expect(outcome).toMatchObject({
      status: 'started',
      processInstanceKey: '1',
      element: { processId: 'order', version: 7, elementId: 'Start_1', tenantId: 'north' },
    });
  });

  test('with an id brings an idempotency key that is the same for the same id', async () => {
    const keyOf = async (version: number, messageId: string) => {
      const { command } = await deliver(startElement({ version }), {}, messageId);
      return command?.kind === 'start' ? command.idempotencyKey : undefined;
    };
    const key = await keyOf(1, 'a');
    expect(key).toEqual(expect.any(String));
    expect(await keyOf(2, 'a')).toBe(key);
    expect(await keyOf(1, 'b')).not.toBe(key);
  });

  test('whose model answers with the result waits for the instance to end', async () => {
    const element = startElement({ properties: { synchronousResponse: 'true' } });
    const { command } = await deliver(element, {});
    expect(command).toMatchObject({ kind: 'start', awaitResultMs: 3000 });
  });
});

describe('an event for an element with a message', () => {
  test('publishes it with key, id, variables and the default time to live', async () => {
    const { command, outcome } = await deliver(catchElement(), { order: 'A-1' }, 'evt-1');
    expect(command).toEqual({
      kind: 'publish',
      messageName: 'paid',
      correlationKey: 'A-1',
      messageId: 'evt-1',
      timeToLiveMs: 3_600_000,
      variables: {},
    });
    expect(outcome).toMatchObject({ status: 'correlated', element: { elementId: 'Catch_1' } });
  });

  test('takes the time to live and the message id that the model gives', async () => {
    const properties = { messageTtl: 'PT90S', messageIdExpression: '=request.body.n' };
    const { command } = await deliver(catchElement({ properties }), { order: 'A-1', n: 5 }, 'e');
    expect(command).toMatchObject({ messageId: '5', timeToLiveMs: 90_000 });
  });

  test('correlates now or never where the model answers with the result', async () => {
    const properties = { synchronousResponse: 'true' };
    const { command } = await deliver(catchElement({ properties }), { order: 'A-1' }, 'e');
    expect(command).toEqual({
      kind: 'correlate',
      messageName: 'paid',
      correlationKey: 'A-1',
      variables: {},
      awaitResultMs: 3000,
    });
  });

  test.each([
    ['a text as it is', '=request.body.v', { v: ' ' }, ' '],
    ['an empty text', '=request.body.v', { v: '' }, ''],
    ['a number as text', '=request.body.v', { v: 12.5 }, '12.5'],
    ['a boolean as text', '=request.body.v', { v: false }, 'false'],
    ['a context as JSON text', '=request.body.v', { v: { a: [1] } }, '{"a":[1]}'],
  ])('takes %s for a correlation key', async (_, correlationKeyExpression, body, key) => {
    const { command } = await deliver(
      catchElement({ properties: { correlationKeyExpression } }),
      body,
    );
    expect(command).toMatchObject({ correlationKey: key });
  });

  test('a message start needs no correlation key', async () => {
    const element = startElement({ elementType: 'messageStartEvent', message: { name: 'go' } });
    const { command } = await deliver(element, {});
    expect(command).toMatchObject({ kind: 'publish', messageName: 'go', correlationKey: '' });
  });
});

describe('variables', () => {
  const variablesOf = async (properties: Record<string, string>, body: JsonValue) => {
    const { command } = await deliver(startElement({ properties }), body);
    return command?.variables;
  };

  test('are none without result variable and expression, and none from an expression giving null', async () => {
    expect(await variablesOf({}, { a: 1 })).toEqual({});
    expect(await variablesOf({ resultExpression: '=null' }, { a: 1 })).toEqual({});
  });

  test('hold everything under the result variable, and the expression wins where both name one', async () => {
    const scope = { request: { body: { a: 1 } }, connectorData: {}, documents: [] };
    expect(await variablesOf({ resultVariable: ' all ' }, { a: 1 })).toEqual({ all: scope });
    const both = { resultVariable: 'all', resultExpression: '={b: null, all: 2}' };
    expect(await variablesOf(both, { a: 1 })).toEqual({ all: 2, b: null });
  });
});

describe('an event that cannot be processed', () => {
  test.each([
    ['CONDITION_FAILED', { activationCondition: '=assert(request.body, false)' }, {}],
    ['MESSAGE_ID_FAILED', { messageIdExpression: '=[1]' }, {}],
    ['MESSAGE_ID_FAILED', { messageIdExpression: '=assert(request.body, false)' }, {}],
    ['NO_CORRELATION_KEY', {}, { other: 1 }],
    ['CORRELATION_KEY_FAILED', {}, { order: [1] }],
    ['CORRELATION_KEY_FAILED', { correlationKeyExpression: '=assert(1, false)' }, {}],
    ['RESULT_FAILED', { resultExpression: '="text"' }, { order: 'a' }],
    ['RESULT_FAILED', { resultExpression: '=assert(1, false)' }, { order: 'a' }],
    [
      'RESULT_FAILED',
      { resultExpression: '={v: request.body.v}' },
      { order: 'a', v: [{ 'camunda.function.type': 'x' }] },
    ],
  ])('is kept as %s (%j, %j)', async (code, properties, body) => {
    const { outcome, engine, inbound } = await deliver(catchElement({ properties }), body, 'e');
    expect(outcome).toMatchObject({ status: 'unprocessable', code });
    expect(engine.commands).toEqual([]);
    const { items } = await inbound.deadLetters.list();
    expect(items).toMatchObject([{ code, webhookId: 'payments' }]);
    expect(outcome).toMatchObject({ deadLetterId: items[0]?.id });
  });

  test.each([
    ['REJECTED', 'INVALID'],
    ['TOO_LARGE', 'TOO_LARGE'],
  ] as const)('is kept as %s when the process runtime rejects it (%s)', async (code, rejected) => {
    const { lines, engine, inbound } = await setUpInbound([startElement()]);
    engine.answer = () => ({ status: 'rejected', code: rejected, message: 'No' });
    expect(await lines.call('orders', { body: {} })).toMatchObject({
      status: 'unprocessable',
      code,
      message: 'No',
      element: { elementId: 'Start_1' },
    });
    expect((await inbound.deadLetters.list()).items).toHaveLength(1);
  });
});

describe('activation conditions', () => {
  test.each([
    [true, '=true'],
    [true, 'request.body.n > 1'],
    [false, '="true"'],
    [false, '=1'],
    [false, '=null'],
    [false, '=request.body.missing'],
    [false, '={a: true}'],
  ])('only true activates: %s for %s', async (activates, activationCondition) => {
    const { outcome } = await deliver(startElement({ properties: { activationCondition } }), {
      n: 2,
    });
    expect(outcome?.status).toBe(activates ? 'started' : 'not-activated');
  });

  test('a blank one is none, and the name of older templates counts where there is no other', async () => {
    const legacy = { activationCondition: ' ', 'inbound.activationCondition': '=false' };
    const { outcome } = await deliver(startElement({ properties: legacy }), {});
    expect(outcome?.status).toBe('not-activated');
    const both = { activationCondition: '=true', 'inbound.activationCondition': '=false' };
    const won = await deliver(startElement({ properties: both }), {});
    expect(won.outcome?.status).toBe('started');
  });

  test('tell of unmatched events whether any element consumes them, and nothing where none says', async () => {
    const outcomeOf = async (said: readonly (string | undefined)[], byDefault?: boolean) => {
      const elements = said.map((consume, n) =>
        startElement({
          elementId: `Start_${n}`,
          properties: {
            deduplicationMode: 'AUTO',
            activationCondition: '=false',
            ...(consume === undefined ? {} : { consumeUnmatchedEvents: consume }),
          },
        }),
      );
      const options = byDefault === undefined ? {} : { consumeUnmatchedByDefault: byDefault };
      const { lines, inbound } = await setUpInbound(elements, options);
      const outcome = await lines.call('orders', { body: {} });
      expect((await inbound.deadLetters.list()).items).toEqual([]);
      return outcome;
    };
    expect(await outcomeOf(['false', 'true'])).toMatchObject({ consume: true });
    expect(await outcomeOf(['false', undefined], true)).toMatchObject({ consume: false });
    expect(await outcomeOf([undefined], true)).toMatchObject({ consume: true });
    expect(await outcomeOf([undefined])).toEqual({ status: 'not-activated', consume: undefined });
  });

  const auto = { deduplicationMode: 'AUTO', 'inbound.context': 'payments' };

  test('of two start events that are met at once make the event ambiguous', async () => {
    const { lines, engine } = await setUpInbound([
      startElement({ properties: auto }),
      startElement({ elementId: 'Start_2', properties: auto }),
    ]);
    expect(await lines.call('payments', { body: {} })).toMatchObject({
      status: 'unprocessable',
      code: 'AMBIGUOUS',
      message: expect.stringContaining('Start_1, Start_2'),
    });
    expect(engine.commands).toEqual([]);
  });

  test('of catch events that would do the same may be met at once: the message is published once', async () => {
    const { lines, engine } = await setUpInbound([
      catchElement({ properties: auto }),
      catchElement({ elementId: 'Task_1', elementType: 'receiveTask', properties: auto }),
    ]);
    expect(await lines.call('payments', { body: { order: 'A' } })).toMatchObject({
      status: 'correlated',
    });
    expect(engine.commands).toHaveLength(1);
  });

  test('of a catch event and the start of an event sub-process that would do the same may be met at once', async () => {
    const { lines, engine } = await setUpInbound([
      catchElement({ properties: auto }),
      catchElement({
        elementId: 'Halt',
        elementType: 'eventSubProcessStartEvent',
        properties: auto,
      }),
    ]);
    expect(await lines.call('payments', { body: { order: 'A' } })).toMatchObject({
      status: 'correlated',
    });
    expect(engine.commands).toMatchObject([{ kind: 'publish', correlationKey: 'A' }]);
  });

  test('of catch events that would do different things make the event ambiguous', async () => {
    const { lines } = await setUpInbound([
      catchElement({ properties: auto }),
      catchElement({ elementId: 'C2', properties: { ...auto, resultVariable: 'all' } }),
    ]);
    expect(await lines.call('payments', { body: { order: 'A' } })).toMatchObject({
      code: 'AMBIGUOUS',
    });
  });

  test('of two versions of an element: the newest that matches takes the event', async () => {
    const { lines, engine } = await setUpInbound([
      catchElement({ version: 1, properties: { resultExpression: '={v: 1}' } }),
      catchElement({
        version: 2,
        properties: {
          resultExpression: '={v: 2}',
          activationCondition: '=request.body.kind = "new"',
        },
      }),
    ]);
    await lines.call('payments', { body: { order: 'A', kind: 'new' } });
    await lines.call('payments', { body: { order: 'A', kind: 'old' } });
    expect(engine.commands.map(({ variables }) => variables)).toEqual([{ v: 2 }, { v: 1 }]);
  });
});

describe('redeliveries', () => {
  test('of a processed event are duplicates that name the first outcome', async () => {
    const { lines, engine } = await setUpInbound([startElement()]);
    const first = await lines.call('orders', { body: {}, messageId: 'a' });
    const second = await lines.call('orders', { body: {}, messageId: 'a' });
    expect(first).toMatchObject({ status: 'started', processInstanceKey: '1' });
    expect(second).toMatchObject({
      status: 'duplicate',
      first: { status: 'started', processInstanceKey: '1' },
      element: { elementId: 'Start_1' },
    });
    expect(engine.commands).toHaveLength(1);
  });

  test('of events without any id are events of their own', async () => {
    const { lines, engine } = await setUpInbound([startElement()]);
    await lines.call('orders', { body: {} });
    await lines.call('orders', { body: {} });
    expect(engine.commands).toHaveLength(2);
  });

  test('are not held back where the model says so', async () => {
    const properties = { 'inbound.deduplicateRedeliveries': 'false' };
    const { lines, engine } = await setUpInbound([startElement({ properties })]);
    await lines.call('orders', { body: {}, messageId: 'a' });
    await lines.call('orders', { body: {}, messageId: 'a' });
    expect(engine.commands).toHaveLength(2);
  });

  test('that are not held back take no id of the sender along, but the one that the model gives', async () => {
    const properties = { 'inbound.deduplicateRedeliveries': 'false' };
    const plain = await deliver(catchElement({ properties }), { order: 'A' }, 'a');
    expect(plain.command).not.toHaveProperty('messageId');
    const given = { ...properties, messageIdExpression: '=request.body.n' };
    const named = await deliver(catchElement({ properties: given }), { order: 'A', n: 1 }, 'a');
    expect(named.command).toMatchObject({ messageId: '1' });
  });

  test('that nothing can tell apart are told of to operators', async () => {
    const { lines, inbound } = await setUpInbound([startElement()]);
    expect(inbound.endpoints()[0]?.warnings).toEqual([]);
    await lines.call('orders', { body: {}, messageId: 'a' });
    expect(inbound.endpoints()[0]?.warnings).toEqual([]);
    await lines.call('orders', { body: {} });
    expect(inbound.endpoints()[0]?.warnings).toEqual([
      expect.stringContaining('1 events had no id'),
    ]);
  });

  test('meet the claim of an older version of the element', async () => {
    const { lines, inbound } = await setUpInbound([startElement()]);
    await lines.call('orders', { body: {}, messageId: 'a' });
    await inbound.update([startElement({ version: 2 })]);
    expect(await lines.call('orders', { body: {}, messageId: 'a' })).toMatchObject({
      status: 'duplicate',
    });
  });

  test('of one event at two webhooks are two events', async () => {
    const { lines, engine } = await setUpInbound([
      startElement({ properties: { deduplicationMode: 'AUTO' } }),
      startElement({
        elementId: 'Start_2',
        properties: { deduplicationMode: 'AUTO', 'inbound.context': 'others' },
      }),
    ]);
    await lines.call('orders', { body: {}, messageId: 'a' });
    await lines.call('others', { body: {}, messageId: 'a' });
    expect(engine.commands).toHaveLength(2);
  });

  test('with ids of any length and content are told apart', async () => {
    const { lines, engine } = await setUpInbound([startElement()]);
    for (const messageId of ['x'.repeat(5000), `${'x'.repeat(5000)}y`, 'a"b', 'a\\"b', '\u0000']) {
      await lines.call('orders', { body: {}, messageId });
      await lines.call('orders', { body: {}, messageId });
    }
    expect(engine.commands).toHaveLength(5);
  });

  test('that come while the first is in flight wait for it and get its outcome', async () => {
    const { lines, engine } = await setUpInbound([startElement()]);
    let settle: (outcome: Outcome) => void = () => {};
    engine.answer = () =>
      new Promise((resolve) => {
        settle = resolve;
      });
    const first = lines.call('orders', { body: {}, messageId: 'a' });
    await nextTurn();
    const second = lines.call('orders', { body: {}, messageId: 'a' });
    await nextTurn();
    settle({ status: 'started', processInstanceKey: '9' });
    expect(await first).toMatchObject({ status: 'started' });
    expect(await second).toMatchObject({
      status: 'duplicate',
      first: { status: 'started', processInstanceKey: '9' },
    });
    expect(engine.commands).toHaveLength(1);
  });

  test('that wait for the first for 4 seconds are asked to come again', async () => {
    const { lines, engine, clock } = await setUpInbound([startElement()]);
    engine.answer = () => new Promise(() => {});
    const first = lines.call('orders', { body: {}, messageId: 'a' });
    await nextTurn();
    const second = lines.call('orders', { body: {}, messageId: 'a' });
    await nextTurn();
    clock.advance(4000);
    expect(await first).toMatchObject({ status: 'unavailable', code: 'TIMEOUT' });
    expect(await second).toMatchObject({ status: 'unavailable', code: 'TIMEOUT' });
    expect(engine.commands).toHaveLength(1);
  });

  test('that take over are answered within the 4 seconds that they began to wait for', async () => {
    const { lines, engine, clock } = await setUpInbound([startElement()]);
    let settle: (outcome: Outcome) => void = () => {};
    engine.answer = () =>
      new Promise((resolve) => {
        settle = resolve;
      });
    void lines.call('orders', { body: {}, messageId: 'a' });
    await nextTurn();
    const second = lines.call('orders', { body: {}, messageId: 'a' });
    await nextTurn();
    clock.advance(3000);
    settle({ status: 'rejected', code: 'INVALID', message: 'No' });
    while (engine.commands.length < 2) await nextTurn();
    clock.advance(1000);
    expect(await second).toMatchObject({ status: 'unavailable', code: 'TIMEOUT' });
  });

  test('take over when the first came to nothing', async () => {
    const { lines, engine } = await setUpInbound([startElement()]);
    engine.answer = () => ({ status: 'unavailable', code: 'CONNECTION', message: 'down' });
    expect(await lines.call('orders', { body: {}, messageId: 'a' })).toMatchObject({
      status: 'unavailable',
      code: 'CONNECTION',
    });
    engine.answer = undefined;
    expect(await lines.call('orders', { body: {}, messageId: 'a' })).toMatchObject({
      status: 'started',
    });
  });

  test('find the event processed when the process runtime answered too late for the sender', async () => {
    const { lines, engine, clock } = await setUpInbound([startElement()]);
    let settle: (outcome: Outcome) => void = () => {};
    engine.answer = () =>
      new Promise((resolve) => {
        settle = resolve;
      });
    const first = lines.call('orders', { body: {}, messageId: 'a' });
    await nextTurn();
    clock.advance(4000);
    expect(await first).toMatchObject({ status: 'unavailable', code: 'TIMEOUT' });
    settle({ status: 'started', processInstanceKey: '9' });
    await nextTurn();
    expect(await lines.call('orders', { body: {}, messageId: 'a' })).toMatchObject({
      status: 'duplicate',
      first: { processInstanceKey: '9' },
    });
    expect(engine.commands).toHaveLength(1);
  });

  test('of an event for which nobody waited are tried again', async () => {
    const properties = { synchronousResponse: 'true' };
    const { lines, engine } = await setUpInbound([catchElement({ properties })]);
    engine.answer = () => ({ status: 'no-subscription' });
    const call = { body: { order: 'A' }, messageId: 'a' };
    expect(await lines.call('payments', call)).toMatchObject({ status: 'no-subscription' });
    engine.answer = undefined;
    expect(await lines.call('payments', call)).toMatchObject({ status: 'correlated' });
  });
});

test('a process runtime that breaks its promise and rejects is unavailable', async () => {
  const { lines, engine, logged } = await setUpInbound([startElement()]);
  engine.answer = () => Promise.reject(new Error('broken'));
  expect(await lines.call('orders', { body: {} })).toMatchObject({
    status: 'unavailable',
    code: 'CONNECTION',
  });
  expect(logged).toContain('The process runtime failed to take a command');
});

test('claims that cannot be made make the event unavailable, not lost', async () => {
  const engine = createMemoryProcessRuntime();
  const { lines } = await setUpInbound([startElement()], {
    engine,
    claims: {
      claim: () => Promise.reject(new Error('no connection to the store')),
      confirm: () => {},
      release: () => {},
    },
  });
  expect(await lines.call('orders', { body: {}, messageId: 'a' })).toMatchObject({
    status: 'unavailable',
    code: 'CONNECTION',
  });
  expect(engine.commands).toEqual([]);
});
