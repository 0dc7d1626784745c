import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LibsqlJournal, openJournal } from '@bpmn-connectors/journal';
import { ConnectorError, type Journal, type Outcome } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { InboundOptions } from '../src/index.ts';
import { catchElement, startElement } from './support/elements.ts';
import { setUpInbound } from './support/inbound-setup.ts';

const day = 86_400_000;
const failing = catchElement({ properties: { correlationKeyExpression: '=request.body.wrong' } });
const mended = catchElement();
const call = { body: { order: 'A-1' }, messageId: 'evt-1' };

let folder: string;
let journal: LibsqlJournal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'letters-'));
  journal = await openJournal(folder);
});

afterEach(async () => {
  await journal.close();
  await rm(folder, { recursive: true });
});

describe.each([
  ['memory', () => ({})],
  ['the journal', () => ({ journal })],
])('dead letters in %s', (_, given) => {
  const setUp = (options: Partial<InboundOptions> = {}, element = failing) =>
    setUpInbound([element], { ...given(), ...options });

  test('show what was received and how far it would come now', async () => {
    const { lines, inbound, clock } = await setUp();
    await lines.call('payments', { ...call, envelope: { from: 'north' } });
    const { items, cursor } = await inbound.deadLetters.list();
    expect(cursor).toBeNull();
    expect(items).toEqual([
      {
        id: expect.any(String),
        webhookId: 'payments',
        at: new Date(clock.now()).toISOString(),
        step: 'correlation-key',
        code: 'NO_CORRELATION_KEY',
        message: expect.any(String),
      },
    ]);
    const detail = await inbound.deadLetters.get(items[0]?.id ?? '');
    expect(detail).toMatchObject({ envelope: { from: 'north', messageId: 'evt-1' } });
    expect(Buffer.from(detail?.bodyBase64 ?? '', 'base64').toString()).toBe('{"order":"A-1"}');
    expect(detail?.steps.map(({ step, decision }) => [step, decision])).toEqual([
      ['parse', 'read'],
      ['condition', 'taken by Catch_1'],
      ['message-id', 'found'],
      ['correlation-key', 'NO_CORRELATION_KEY'],
      ['variables', 'mapped'],
    ]);
    expect(await inbound.deadLetters.get('none')).toBeUndefined();
  });

  test('are replayed through the same steps, and gone when that succeeds', async () => {
    const { lines, inbound, engine } = await setUp();
    await lines.call('payments', call);
    const id = (await inbound.deadLetters.list()).items[0]?.id ?? '';
    expect(await inbound.deadLetters.replay(id)).toEqual({
      outcome: 'unprocessable',
      reason: 'The correlation key expression gave no key for this event',
    });
    expect((await inbound.deadLetters.list()).items).toMatchObject([{ id }]);
    await inbound.update([mended]);
    expect(await inbound.deadLetters.replay(id)).toEqual({ outcome: 'correlated' });
    expect(engine.commands).toMatchObject([{ correlationKey: 'A-1', messageId: 'evt-1' }]);
    expect((await inbound.deadLetters.list()).items).toEqual([]);
    expect(await inbound.deadLetters.replay(id)).toBeUndefined();
    expect(await lines.call('payments', call)).toMatchObject({ status: 'duplicate' });
  });

  test('without an id of their event come once, however many replay them at the same time', async () => {
    const { lines, inbound, engine, clock } = await setUp();
    await lines.call('payments', { body: call.body });
    const id = (await inbound.deadLetters.list()).items[0]?.id ?? '';
    await inbound.update([mended]);
    let answer = (_outcome: Outcome): void => {};
    engine.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const impatient = inbound.deadLetters.replay(id);
    while (engine.commands.length === 0) await new Promise(setImmediate);
    clock.advance(4000);
    expect(await impatient).toMatchObject({ outcome: 'unavailable' });
    const again = [inbound.deadLetters.replay(id), inbound.deadLetters.replay(id)];
    await new Promise(setImmediate);
    answer({ status: 'correlated', processInstanceKey: '1' });
    expect(await Promise.all(again)).toEqual([{ outcome: 'duplicate' }, { outcome: 'duplicate' }]);
    expect(engine.commands).toHaveLength(1);
    expect((await inbound.deadLetters.list()).items).toEqual([]);
  });

  test('whose endpoint is gone say so', async () => {
    const { lines, inbound } = await setUp();
    await lines.call('payments', call);
    const id = (await inbound.deadLetters.list()).items[0]?.id ?? '';
    await inbound.update([]);
    expect(await inbound.deadLetters.replay(id)).toEqual({
      outcome: 'failed',
      reason: 'The endpoint is not active',
    });
    expect((await inbound.deadLetters.get(id))?.steps).toEqual([
      { step: 'route', decision: 'endpoint not active' },
    ]);
  });

  test('are closed by a redelivery that succeeds, whatever step had failed', async () => {
    const { lines, inbound } = await setUp(
      {},
      catchElement({ properties: { messageIdExpression: '=[1]' } }),
    );
    await lines.call('payments', call);
    await lines.call('payments', { ...call, messageId: 'evt-2' });
    expect((await inbound.deadLetters.list()).items).toHaveLength(2);
    await inbound.update([mended]);
    await lines.call('payments', call);
    expect((await inbound.deadLetters.list()).items).toHaveLength(1);
  });

  test('of an event that fails again and again are one', async () => {
    const { lines, inbound } = await setUp();
    const ids = [await lines.call('payments', call), await lines.call('payments', call)].map(
      (outcome) => outcome?.status === 'unprocessable' && outcome.deadLetterId,
    );
    expect(ids[0]).toBe(ids[1]);
    expect((await inbound.deadLetters.list()).items).toHaveLength(1);
  });

  test('are listed newest first, page by page', async () => {
    const { lines, inbound } = await setUp();
    for (const messageId of ['1', '2', '3']) await lines.call('payments', { ...call, messageId });
    const first = await inbound.deadLetters.list({ limit: 2 });
    const rest = await inbound.deadLetters.list({ limit: 2, cursor: first.cursor ?? '' });
    const ids = [...first.items, ...rest.items].map(({ id }) => id);
    expect(first.items).toHaveLength(2);
    expect(rest.cursor).toBeNull();
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(3);
  });

  test('are bounded in number: the sender is asked to come again rather than told it is kept', async () => {
    const { lines, inbound } = await setUp({ deadLetters: { maxLetters: 2 } });
    for (const messageId of ['1', '2']) await lines.call('payments', { ...call, messageId });
    expect(await lines.call('payments', { ...call, messageId: '3' })).toMatchObject({
      status: 'unavailable',
      code: 'BACKPRESSURE',
    });
    expect(await lines.call('payments', { ...call, messageId: '2' })).toMatchObject({
      status: 'unprocessable',
    });
    expect((await inbound.deadLetters.list()).items).toHaveLength(2);
  });

  test('are bounded in bytes', async () => {
    const { lines } = await setUp({ deadLetters: { maxBytes: 1000 } });
    const large = { body: { order: 'x'.repeat(600) } };
    expect(await lines.call('payments', large)).toMatchObject({ status: 'unprocessable' });
    expect(await lines.call('payments', large)).toMatchObject({ code: 'BACKPRESSURE' });
    expect(await lines.call('payments', { body: {} })).toMatchObject({ status: 'unprocessable' });
  });

  test('are dropped after 14 days, which makes room', async () => {
    const { lines, inbound, clock } = await setUp({ deadLetters: { maxLetters: 1 } });
    await lines.call('payments', call);
    clock.advance(14 * day + 1);
    expect(await lines.call('payments', { ...call, messageId: '2' })).toMatchObject({
      status: 'unprocessable',
    });
    expect((await inbound.deadLetters.list()).items).toHaveLength(1);
  });

  test('hold no secret of the endpoint', async () => {
    const properties = { ...failing.properties, 'inbound.auth.password': '{{secrets.LINE}}' };
    const { lines, inbound } = await setUp(
      { secrets: { get: async () => 'open sesame' } },
      { ...failing, properties },
    );
    await lines.call('payments', { ...call, envelope: { headers: { key: 'open sesame' } } });
    const id = (await inbound.deadLetters.list()).items[0]?.id ?? '';
    expect(await inbound.deadLetters.get(id)).toMatchObject({
      envelope: { headers: { key: '***' } },
    });
  });

  test('that cannot be read again say why', async () => {
    const { lines, inbound } = await setUp();
    const context = lines.context('payments');
    const outcome = await context?.correlate({
      scope: { request: { body: {} } },
      raw: { envelope: {}, body: new Uint8Array() },
    });
    const id = outcome?.status === 'unprocessable' ? outcome.deadLetterId : '';
    expect(await inbound.deadLetters.replay(id)).toEqual({
      outcome: 'failed',
      reason: 'Nothing to read',
    });
    expect((await inbound.deadLetters.get(id))?.steps).toEqual([
      { step: 'parse', decision: 'failed', reason: 'Nothing to read' },
    ]);
  });
});

describe('dead letters in the journal', () => {
  test('are there after a restart with their raw bytes, and a success closes them', async () => {
    const before = await setUpInbound([failing], { journal });
    await before.lines.call('payments', call);
    await before.lines.call('payments', { ...call, messageId: 'evt-2' });
    await journal.close();
    journal = await openJournal(folder);

    const after = await setUpInbound([mended], { journal });
    const { items } = await after.inbound.deadLetters.list();
    expect(items).toHaveLength(2);
    const detail = await after.inbound.deadLetters.get(items[1]?.id ?? '');
    expect(Buffer.from(detail?.bodyBase64 ?? '', 'base64').toString()).toBe('{"order":"A-1"}');
    await after.lines.call('payments', call);
    expect(await after.inbound.deadLetters.replay(items[0]?.id ?? '')).toEqual({
      outcome: 'correlated',
    });
    expect((await after.inbound.deadLetters.list()).items).toEqual([]);
    await journal.close();
    journal = await openJournal(folder);
    expect(await journal.scan('deadletter')).toEqual([]);
    expect(await journal.scan('deadletter-body')).toEqual([]);
  });

  test('of before and after a restart have ids of their own, in order', async () => {
    const before = await setUpInbound([failing], { journal });
    await before.lines.call('payments', call);
    const after = await setUpInbound([failing], { journal });
    await after.lines.call('payments', { ...call, messageId: 'evt-2' });
    const { items } = await after.inbound.deadLetters.list();
    const ids = items.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    const newest = await after.inbound.deadLetters.get(ids[0] ?? '');
    expect(newest?.envelope).toEqual({ messageId: 'evt-2' });
  });

  test('that were never looked at are closed by the first success after a restart', async () => {
    const before = await setUpInbound([failing], { journal });
    await before.lines.call('payments', call);
    const after = await setUpInbound([mended], { journal });
    await after.lines.call('payments', call);
    expect((await after.inbound.deadLetters.list()).items).toEqual([]);
  });

  test('are told of when they are durable, not before', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let writes = 0;
    const slow: Journal = {
      ...journal,
      commit: async (collect) => {
        writes += 1;
        await held;
        await journal.commit(collect);
      },
    };
    const { lines, inbound } = await setUpInbound([failing], { journal: slow });
    const answered = lines.call('payments', call);
    while (writes === 0) await new Promise(setImmediate);
    let told = false;
    const listed = inbound.deadLetters.list().then(({ items }) => {
      told = true;
      return items.length;
    });
    await journal.get('deadletter', 'a round trip');
    expect(told).toBe(false);
    release();
    expect(await listed).toBe(1);
    expect(await answered).toMatchObject({ status: 'unprocessable' });
  });

  test('that could not be read once are read the next time', async () => {
    const before = await setUpInbound([failing], { journal });
    await before.lines.call('payments', call);
    let broken = true;
    const flaky: Journal = {
      ...journal,
      scan: async (namespace, options) => {
        if (broken) throw new ConnectorError('JOURNAL_FAILED', 'The disk is away');
        return journal.scan(namespace, options);
      },
    };
    const { inbound } = await setUpInbound([failing], { journal: flaky });
    await expect(inbound.deadLetters.list()).rejects.toThrow('The disk is away');
    broken = false;
    expect((await inbound.deadLetters.list()).items).toHaveLength(1);
  });

  test('that cannot be written make the event unavailable', async () => {
    const { lines } = await setUpInbound([failing], { journal });
    await journal.close();
    expect(await lines.call('payments', { body: {} })).toMatchObject({
      status: 'unavailable',
      code: 'CONNECTION',
    });
  });
});

test('an event that meets no condition any more stays a dead letter', async () => {
  const { lines, inbound } = await setUpInbound([failing]);
  await lines.call('payments', call);
  const id = (await inbound.deadLetters.list()).items[0]?.id ?? '';
  await inbound.update([
    catchElement({ properties: { activationCondition: '=request.body.kind = "paid"' } }),
    startElement(),
  ]);
  expect(await inbound.deadLetters.replay(id)).toEqual({ outcome: 'not-activated' });
  expect((await inbound.deadLetters.get(id))?.steps).toMatchObject([
    { step: 'parse' },
    { step: 'condition', decision: 'not met', reason: 'Elements asked: Catch_1' },
  ]);
});
