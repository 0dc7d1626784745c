import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LibsqlJournal, openJournal } from '@bpmn-connectors/journal';
import type { DeployedInboundElement, Outcome } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryClaims } from '../src/index.ts';
import { catchElement, startElement } from './support/elements.ts';
import { setUpInbound } from './support/inbound-setup.ts';
import { createMemoryProcessRuntime } from './support/memory-process-runtime.ts';
import { createTestClock } from './support/test-clock.ts';

const hour = 3_600_000;
const call = { body: { order: 'A' }, messageId: 'a' };
const cutShort = 'A delivery whose processing was cut short is processed again: possible duplicate';

let folder: string;
let journal: LibsqlJournal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redeliveries-'));
  journal = await openJournal(folder);
});

afterEach(async () => {
  await journal.close();
  await rm(folder, { recursive: true });
});

const reopen = async (): Promise<void> => {
  await journal.close();
  journal = await openJournal(folder);
};

const addressOf = ({ properties }: DeployedInboundElement): string =>
  properties['inbound.context'] ?? '';

const cases: readonly (readonly [string, DeployedInboundElement])[] = [
  ['a start', startElement()],
  ['a message', catchElement()],
  [
    'a message that is correlated at once',
    catchElement({ properties: { synchronousResponse: 'true' } }),
  ],
];

describe.each([
  ['heeds ids', true],
  ['heeds none', false],
])('where the process runtime %s', (_, heedsIds) => {
  const setUp = (element: DeployedInboundElement, clock = createTestClock()) =>
    setUpInbound([element], { journal, engine: createMemoryProcessRuntime(heedsIds), clock });

  test.each(cases)('%s comes once, also after a restart', async (_name, element) => {
    const before = await setUp(element);
    const first = await before.lines.call(addressOf(element), call);
    expect(await before.lines.call(addressOf(element), call)).toMatchObject({
      status: 'duplicate',
    });
    await reopen();
    const after = await setUp(element);
    const again = await after.lines.call(addressOf(element), call);
    expect(again).toMatchObject({ status: 'duplicate', first: { status: first?.status } });
    expect(before.engine.commands).toHaveLength(1);
    expect(after.engine.commands).toEqual([]);
  });

  test.each(cases)('%s that comes ten times at once comes once', async (_name, element) => {
    const { lines, engine } = await setUp(element);
    const tenTimes = Array.from({ length: 10 }, () => lines.call(addressOf(element), call));
    const statuses = (await Promise.all(tenTimes)).map((outcome) => outcome?.status);
    expect(statuses.filter((status) => status !== 'duplicate')).toHaveLength(1);
    expect(engine.commands).toHaveLength(1);
  });

  test.each<readonly [string, Outcome]>([
    ['rejected', { status: 'rejected', code: 'INVALID', message: 'No' }],
    ['too large', { status: 'rejected', code: 'TOO_LARGE', message: 'No' }],
    ['unavailable', { status: 'unavailable', code: 'CONNECTION', message: 'down' }],
    ['not awaited', { status: 'no-subscription' }],
  ])('what was %s is not remembered, also not by a restart', async (_name, outcome) => {
    const before = await setUp(startElement());
    before.engine.answer = () => outcome;
    await before.lines.call('orders', call);
    expect(await before.lines.call('orders', call)).not.toMatchObject({ status: 'duplicate' });
    expect(before.engine.commands).toHaveLength(2);
    await reopen();
    const after = await setUp(startElement());
    expect(await after.lines.call('orders', call)).toMatchObject({ status: 'started' });
    expect(after.logged).not.toContain(cutShort);
  });

  test('what became a dead letter runs when it comes again after the fix', async () => {
    const broken = catchElement({ properties: { correlationKeyExpression: '=null' } });
    const before = await setUp(broken);
    expect(await before.lines.call('payments', call)).toMatchObject({ status: 'unprocessable' });
    await reopen();
    const after = await setUp(catchElement());
    expect(await after.lines.call('payments', call)).toMatchObject({ status: 'correlated' });
    expect((await after.inbound.deadLetters.list()).items).toEqual([]);
  });

  test('a message is remembered for 25 hours, however short its time to live is', async () => {
    const element = catchElement({ properties: { messageTtl: 'PT0S' } });
    const clock = createTestClock();
    const before = await setUp(element, clock);
    await before.lines.call('payments', call);
    clock.advance(24 * hour);
    await reopen();
    const after = await setUp(element, clock);
    expect(await after.lines.call('payments', call)).toMatchObject({ status: 'duplicate' });
    clock.advance(hour);
    expect(await after.lines.call('payments', call)).toMatchObject({ status: 'correlated' });
  });
});

test('of two redeliveries of what was cut short one is sent, the other waits for it', async () => {
  const engine = createMemoryProcessRuntime(false);
  engine.answer = () => new Promise(() => {});
  const before = await setUpInbound([startElement()], { journal, engine });
  void before.lines.call('orders', call);
  while (engine.commands.length === 0) await new Promise(setImmediate);
  await reopen();
  const after = await setUpInbound([startElement()], {
    journal,
    engine: createMemoryProcessRuntime(false),
  });
  const both = await Promise.all([
    after.lines.call('orders', call),
    after.lines.call('orders', call),
  ]);
  expect(new Set(both.map((outcome) => outcome?.status))).toEqual(
    new Set(['started', 'duplicate']),
  );
  expect(after.engine.commands).toHaveLength(1);
});

test('several replicas share claims of their own', async () => {
  const claims = createMemoryClaims();
  const [one, other] = await Promise.all([
    setUpInbound([startElement()], { claims }),
    setUpInbound([startElement()], { claims }),
  ]);
  await one.lines.call('orders', call);
  expect(await other.lines.call('orders', call)).toMatchObject({ status: 'duplicate' });
  expect(other.engine.commands).toEqual([]);
});
