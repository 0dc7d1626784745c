import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LibsqlJournal, openJournal } from '@bpmn-connectors/journal';
import type { Claims, Journal, Outcome } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createJournalClaims, createMemoryClaims } from '../src/index.ts';
import { catchElement, startElement } from './support/elements.ts';
import { setUpInbound } from './support/inbound-setup.ts';
import { createMemoryProcessRuntime } from './support/memory-process-runtime.ts';
import { createTestClock } from './support/test-clock.ts';

const started: Outcome = { status: 'started', processInstanceKey: '7' };
const hour = 3_600_000;

let folder: string;
let journal: LibsqlJournal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'claims-'));
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

interface StoredRecord {
  readonly key: string;
  readonly outcome?: Outcome;
}

/** What the journal holds, in its order. */
const stored = async (): Promise<readonly StoredRecord[]> =>
  (await journal.scan('claim', { limit: 10_000 })).map(({ value }) => JSON.parse(String(value)));

const makeAll = async (claims: Claims, keys: readonly string[]): Promise<void> => {
  for (const key of keys) {
    await claims.claim(key, false);
    claims.confirm(key, started);
  }
  await journal.commit(() => []);
};

const named = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}${n}`);

describe.each([
  ['memory', () => createMemoryClaims],
  ['the journal', () => (options: object) => createJournalClaims(journal, options)],
])('claims in %s', (_, factory) => {
  const make = (options: object = {}): Claims => factory()(options);

  test('are granted once, and tell what came of the first', async () => {
    const claims = make();
    expect(await claims.claim('a', false)).toEqual({ status: 'claimed', again: false });
    claims.confirm('a', started);
    expect(await claims.claim('a', true)).toEqual({ status: 'done', outcome: started });
    expect(await claims.claim('b', true)).toEqual({ status: 'claimed', again: false });
  });

  test('in flight tell when and how the first ended', async () => {
    const claims = make();
    await claims.claim('a', false);
    const second = await claims.claim('a', false);
    claims.release('a', { status: 'no-subscription' });
    expect(second.status === 'in-flight' && (await second.settled)).toEqual({
      status: 'no-subscription',
    });
    expect(await claims.claim('a', false)).toEqual({ status: 'claimed', again: false });
  });

  test('asked for at the same time are granted to one', async () => {
    const claims = make();
    const asked = await Promise.all([1, 2, 3].map(() => claims.claim('a', true)));
    expect(asked.map(({ status }) => status)).toEqual(['claimed', 'in-flight', 'in-flight']);
  });

  test('that were released are granted anew, as if nothing had been', async () => {
    const claims = make();
    await claims.claim('a', true);
    claims.release('a');
    expect(await claims.claim('a', true)).toEqual({ status: 'claimed', again: false });
  });

  test('are kept for 25 hours', async () => {
    const clock = createTestClock();
    const claims = make({ clock });
    await claims.claim('a', true);
    claims.confirm('a', started);
    clock.advance(25 * hour - 1);
    expect(await claims.claim('a', false)).toMatchObject({ status: 'done' });
    clock.advance(1);
    expect(await claims.claim('a', false)).toEqual({ status: 'claimed', again: false });
  });

  test('never keep the variables of a result', async () => {
    const claims = make();
    await claims.claim('a', false);
    claims.confirm('a', { ...started, variables: { card: '4111' } });
    expect(await claims.claim('a', false)).toEqual({ status: 'done', outcome: started });
  });

  test('keep the first outcome of what the process runtime called a duplicate', async () => {
    const claims = make();
    await claims.claim('a', false);
    claims.confirm('a', { status: 'duplicate', first: started });
    expect(await claims.claim('a', false)).toEqual({ status: 'done', outcome: started });
  });
});

describe('claims in memory', () => {
  test('forget the oldest when there are too many', async () => {
    const claims = createMemoryClaims({ maxEntries: 2 });
    for (const key of ['a', 'b', 'c']) {
      await claims.claim(key, false);
      claims.confirm(key, started);
    }
    expect(await claims.claim('c', false)).toMatchObject({ status: 'done' });
    expect(await claims.claim('a', false)).toMatchObject({ status: 'claimed' });
  });
});

describe('claims in the journal', () => {
  test('that were confirmed are known after a restart', async () => {
    const claims = createJournalClaims(journal);
    await claims.claim('a', false);
    claims.confirm('a', started);
    await reopen();
    expect(await createJournalClaims(journal).claim('a', false)).toEqual({
      status: 'done',
      outcome: started,
    });
  });

  test('that are durable are stored before they are granted, and granted again after a crash', async () => {
    const claims = createJournalClaims(journal);
    await claims.claim('durable', true);
    await claims.claim('not durable', false);
    expect(await stored()).toEqual([{ key: 'durable', at: expect.any(Number) }]);
    await reopen();
    const after = createJournalClaims(journal);
    expect(await after.claim('durable', true)).toEqual({ status: 'claimed', again: true });
    expect(await after.claim('not durable', true)).toEqual({ status: 'claimed', again: false });
  });

  test('that are granted again and confirmed are one record, and known from then on', async () => {
    await createJournalClaims(journal).claim('a', true);
    await reopen();
    const again = createJournalClaims(journal);
    await again.claim('a', true);
    again.confirm('a', started);
    expect(await again.claim('a', true)).toEqual({ status: 'done', outcome: started });
    expect(await stored()).toEqual([{ key: 'a', at: expect.any(Number), outcome: started }]);
  });

  test('lie in the order of their making, across restarts', async () => {
    await makeAll(createJournalClaims(journal), ['z', ...named('m', 40)]);
    await reopen();
    const claims = createJournalClaims(journal);
    await claims.claim('a', true);
    await makeAll(claims, ['b']);
    const keys = (await stored()).map(({ key }) => key);
    expect(keys).toEqual(['z', ...named('m', 40), 'a', 'b']);
  });

  test('that were released leave nothing behind', async () => {
    const claims = createJournalClaims(journal);
    await claims.claim('a', true);
    claims.release('a');
    await reopen();
    expect(await journal.scan('claim')).toEqual([]);
  });

  test('that cannot be stored are not granted, and may be tried again', async () => {
    const claims = createJournalClaims(journal);
    await journal.close();
    await expect(claims.claim('a', true)).rejects.toMatchObject({ code: 'JOURNAL_CLOSED' });
    await expect(claims.claim('a', true)).rejects.toMatchObject({ code: 'JOURNAL_CLOSED' });
  });

  test('are granted without a look into the journal when they are new', async () => {
    const looks: string[] = [];
    const counting: Journal = {
      ...journal,
      get: (namespace, key) => {
        looks.push(`get ${key}`);
        return journal.get(namespace, key);
      },
      scan: (namespace, options) => {
        looks.push(`scan after '${options?.after}'`);
        return journal.scan(namespace, options);
      },
    };
    const claims = createJournalClaims(counting);
    await makeAll(claims, named('a', 300));
    for (const key of named('b', 30)) await claims.claim(key, true);
    expect(looks).toEqual(["scan after ''"]);
    await claims.claim('a7', false);
    expect(looks).toHaveLength(2);
  });

  test('with the same hash are told apart', async () => {
    const alike = (): number => 7;
    const make = (): Claims => createJournalClaims(journal, {}, alike);
    await makeAll(make(), ['a', 'b']);
    await reopen();
    const claims = make();
    expect(await claims.claim('c', true)).toEqual({ status: 'claimed', again: false });
    claims.release('c');
    expect(await claims.claim('c', false)).toEqual({ status: 'claimed', again: false });
    expect(await claims.claim('a', false)).toMatchObject({ status: 'done' });
    expect(await claims.claim('b', false)).toMatchObject({ status: 'done' });
  });

  test('asked for while those of the last process are loaded wait, and know them', async () => {
    await makeAll(createJournalClaims(journal), ['a']);
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const slow: Journal = {
      ...journal,
      scan: async (namespace, options) => {
        await gate;
        return journal.scan(namespace, options);
      },
    };
    const claims = createJournalClaims(slow);
    const answers: string[] = [];
    const asking = ['a', 'new', 'a'].map(async (key) => {
      const { status } = await claims.claim(key, false);
      answers.push(`${key} ${status}`);
    });
    await journal.get('claim', 'a round trip');
    expect(answers).toEqual(['a in-flight']);
    open();
    await Promise.all(asking);
    expect(answers).toEqual(['a in-flight', 'new claimed', 'a done']);
  });

  test('are refused when those of the last process cannot be loaded, until they can', async () => {
    await makeAll(createJournalClaims(journal), ['a']);
    let broken = true;
    const failing: Journal = {
      ...journal,
      scan: (namespace, options) =>
        broken ? Promise.reject(new Error('disk gone')) : journal.scan(namespace, options),
    };
    const claims = createJournalClaims(failing);
    await expect(claims.claim('a', false)).rejects.toThrow('disk gone');
    await expect(claims.claim('b', false)).rejects.toThrow('disk gone');
    broken = false;
    expect(await claims.claim('a', false)).toEqual({ status: 'done', outcome: started });
    expect(await claims.claim('b', false)).toEqual({ status: 'claimed', again: false });
  });

  test('that expired are removed while new ones are made', async () => {
    const clock = createTestClock();
    const claims = createJournalClaims(journal, { clock });
    await makeAll(claims, named('old', 1300));
    clock.advance(26 * hour);
    await makeAll(claims, named('new', 600));
    while ((await stored()).length > 600) await new Promise(setImmediate);
    expect((await stored()).map(({ key }) => key)).toEqual(named('new', 600));
    expect(await claims.claim('new7', false)).toMatchObject({ status: 'done' });
    expect(await claims.claim('old7', false)).toEqual({ status: 'claimed', again: false });
  });

  test('that expired are removed from the index too, so that nothing is read for them', async () => {
    const clock = createTestClock();
    let reads = 0;
    const counting: Journal = {
      ...journal,
      get: (namespace, key) => {
        reads += 1;
        return journal.get(namespace, key);
      },
    };
    const claims = createJournalClaims(counting, { clock });
    await makeAll(claims, named('old', 600));
    clock.advance(26 * hour);
    expect(await claims.claim('old7', false)).toEqual({ status: 'claimed', again: false });
    expect(reads).toBe(1);
    await makeAll(claims, named('new', 600));
    while ((await stored()).length > 600) await new Promise(setImmediate);
    await claims.claim('old8', false);
    expect(reads).toBe(1);
  });

  test('that expired while the process was down are removed at its start', async () => {
    const clock = createTestClock();
    await makeAll(createJournalClaims(journal, { clock }), named('old', 1200));
    clock.advance(25 * hour);
    await reopen();
    const claims = createJournalClaims(journal, { clock });
    expect(await claims.claim('old7', true)).toEqual({ status: 'claimed', again: false });
    expect((await stored()).map(({ key }) => key)).toEqual(['old7']);
    await reopen();
    const after = createJournalClaims(journal, { clock });
    expect(await after.claim('old7', true)).toEqual({ status: 'claimed', again: true });
  });

  test('are known by the hundred thousand after a restart', async () => {
    const count = 100_000;
    await makeAll(createJournalClaims(journal), named('a', count));
    await reopen();
    const claims = createJournalClaims(journal);
    for (const key of ['a0', `a${count / 2}`, `a${count - 1}`]) {
      expect(await claims.claim(key, true)).toEqual({ status: 'done', outcome: started });
    }
    const answers = await Promise.all(named('b', 100).map((key) => claims.claim(key, true)));
    expect(answers.every(({ status }) => status === 'claimed')).toBe(true);
  });
});

describe('a connector runtime with a journal', () => {
  test('knows redeliveries after a restart, where the process runtime heeds ids', async () => {
    const before = await setUpInbound([startElement()], { journal });
    await before.lines.call('orders', { body: {}, messageId: 'a' });
    await reopen();
    const after = await setUpInbound([startElement()], { journal });
    expect(await after.lines.call('orders', { body: {}, messageId: 'a' })).toMatchObject({
      status: 'duplicate',
      first: { status: 'started' },
    });
    expect(after.engine.commands).toEqual([]);
  });

  test.each([
    ['a start', startElement(), true, 0],
    ['a start', startElement(), false, 1],
    ['a message', catchElement(), true, 0],
    ['a message', catchElement(), false, 1],
    [
      'a message that is not kept, nor its id,',
      catchElement({ properties: { messageTtl: 'PT0S' } }),
      true,
      1,
    ],
    [
      'a message that is correlated at once, which has no id,',
      catchElement({ properties: { synchronousResponse: 'true' } }),
      true,
      1,
    ],
  ])(
    'hands over %s with its claim stored only where the process runtime heeds no id (%#)',
    async (...given) => {
      const [, element, heedsIds, stored] = given;
      const engine = createMemoryProcessRuntime(heedsIds);
      const { lines } = await setUpInbound([element], { journal, engine });
      let storedAtSend: unknown;
      engine.answer = async () => {
        storedAtSend = await journal.scan('claim');
        return started;
      };
      const address = element.properties['inbound.context'] ?? '';
      await lines.call(address, { body: { order: 'A' }, messageId: 'a' });
      expect(storedAtSend).toHaveLength(stored);
    },
  );

  test('sends what was cut short once more and says so, rather than lose it', async () => {
    const engine = createMemoryProcessRuntime(false);
    engine.answer = () => new Promise(() => {});
    const before = await setUpInbound([startElement()], { journal, engine });
    void before.lines.call('orders', { body: {}, messageId: 'a' });
    while (engine.commands.length === 0) await new Promise(setImmediate);
    await reopen();
    const after = await setUpInbound([startElement()], {
      journal,
      engine: createMemoryProcessRuntime(false),
    });
    expect(await after.lines.call('orders', { body: {}, messageId: 'a' })).toMatchObject({
      status: 'started',
    });
    expect(after.logged).toContain(
      'A delivery whose processing was cut short is processed again: possible duplicate',
    );
  });

  test('warns once that there is none', async () => {
    const { logged } = await setUpInbound([startElement()]);
    expect(logged.filter((message) => message.includes('no journal'))).toHaveLength(1);
    expect((await setUpInbound([startElement()], { journal })).logged).toEqual([]);
  });
});
