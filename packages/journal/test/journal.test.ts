import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Clock, isConfigurationError, systemClock } from '@bpmn-connectors/sdk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createJournal } from '../src/create-journal.ts';
import { type LibsqlJournal, openJournal } from '../src/index.ts';
import { type DatabaseThread, startDatabaseThread } from '../src/start-database-thread.ts';

const processes = fileURLToPath(new URL('./process/', import.meta.url));
const Connection = createRequire(import.meta.url)('libsql');

let folder: string;
const opened: LibsqlJournal[] = [];
const children: ChildProcess[] = [];

const open = async (clock?: Clock): Promise<LibsqlJournal> => {
  const journal = await openJournal(folder, clock === undefined ? {} : { clock });
  opened.push(journal);
  return journal;
};

/** A journal whose writes wait as long as the disk is held; `spy` sees what the thread is asked. */
const openHeld = async (
  spy: (thread: DatabaseThread) => DatabaseThread = (thread) => thread,
): Promise<LibsqlJournal> => {
  const file = new URL('./process/held-worker.mjs', import.meta.url);
  const journal = createJournal(spy(await startDatabaseThread(folder, file)), systemClock);
  opened.push(journal);
  return journal;
};

const holdDisk = async (): Promise<() => Promise<void>> => {
  const file = join(folder, 'hold');
  await writeFile(file, '');
  return () => rm(file);
};

/** A child process that runs one of test/process. `fileBlocks` bounds the size of the files it may write. */
const start = (script: string, args: readonly string[], fileBlocks = 'unlimited'): ChildProcess => {
  const node = [
    process.execPath,
    '--conditions=@bpmn-connectors/source',
    '--import',
    join(processes, 'typescript-hook.mjs'),
    join(processes, script),
    ...args,
  ];
  const child = spawn('/bin/sh', ['-c', `ulimit -f ${fileBlocks}; exec "$0" "$@"`, ...node], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
};

const outputOf = async (child: ChildProcess, until = /$^/): Promise<string> => {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    if (until.test(text)) break;
  }
  return text;
};

const record = (key: string, value: string | Uint8Array | null) => ({
  namespace: 'record',
  key,
  value,
});

/** Frames of the WAL that end a transaction: those that tell a size of the database (SQLite file format, 4.1). */
const transactionsInWal = async (): Promise<number> => {
  const wal = await readFile(join(folder, 'journal.db-wal'));
  const frameBytes = 24 + wal.readUInt32BE(8);
  let count = 0;
  for (let at = 32; at + frameBytes <= wal.length; at += frameBytes) {
    if (wal.readUInt32BE(at + 4) > 0) count += 1;
  }
  return count;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(opened.splice(0).map((journal) => journal.close()));
  await rm(folder, { recursive: true });
});

describe('records', () => {
  test('are read back as they were written, text as text and bytes as bytes', async () => {
    const journal = await open();
    await journal.commit(() => [
      record('text', 'grüße'),
      record('bytes', Uint8Array.of(0, 255, 7).subarray(1)),
      record('empty', ''),
      record('none', new Uint8Array()),
      record('nul', 'a\u0000b'),
    ]);
    expect(await journal.get('record', 'text')).toBe('grüße');
    expect(await journal.get('record', 'bytes')).toEqual(Uint8Array.of(255, 7));
    expect(await journal.get('record', 'empty')).toBe('');
    expect(await journal.get('record', 'none')).toEqual(new Uint8Array());
    expect(await journal.get('record', 'nul')).toBe('a\u0000b');
    expect(await journal.get('record', 'other')).toBeUndefined();
    expect(await journal.get('other', 'text')).toBeUndefined();
  });

  test('keys that differ only after U+0000 are different keys', async () => {
    const journal = await open();
    await journal.commit(() => [record('k\u0000a', 'first'), record('k\u0000b', 'second')]);
    expect(await journal.get('record', 'k\u0000a')).toBe('first');
    expect((await journal.scan('record')).map(({ key }) => key)).toEqual(['k\u0000a', 'k\u0000b']);
  });

  test('are scanned page by page in the order of the UTF-8 bytes of their keys', async () => {
    const journal = await open();
    const keys = ['b', 'a', 'ä', '😀', 'Z', 'a1', '\uffee'];
    await journal.commit(() => keys.map((key) => record(key, key)));
    const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const first = await journal.scan('record', { limit: 3 });
    const rest = await journal.scan('record', { after: first.at(-1)?.key ?? '' });
    expect([...first, ...rest]).toEqual(sorted.map((key) => ({ key, value: key })));
    expect(await journal.scan('recor')).toEqual([]);
  });

  test('that are large are scanned in smaller pages, one by one where they are huge', async () => {
    const journal = await open();
    const sizes = [9, 9, 1, 20, 20, 1].map((megabytes) => megabytes * 1024 * 1024);
    await journal.commit(() =>
      sizes.map((size, at) => ({ namespace: 'large', key: String(at), value: 'x'.repeat(size) })),
    );
    const pages: string[][] = [];
    for (let after = ''; ; after = pages.at(-1)?.at(-1) ?? '') {
      const page = await journal.scan('large', { after });
      if (page.length === 0) break;
      pages.push(page.map(({ key }) => key));
    }
    expect(pages).toEqual([['0'], ['1', '2'], ['3'], ['4'], ['5']]);
  });

  test('a value of null deletes', async () => {
    const journal = await open();
    await journal.commit(() => [record('a', '1'), record('b', '1')]);
    await journal.commit(() => [record('a', null), record('never', null)]);
    expect(await journal.scan('record')).toEqual([{ key: 'b', value: '1' }]);
  });

  test('a namespace of other characters is refused without harm to its neighbours', async () => {
    const journal = await open();
    const good = journal.commit(() => [record('a', '1')]);
    const bad = journal.commit(() => [{ namespace: "x'; --", key: 'a', value: '1' }]);
    await expect(bad).rejects.toMatchObject({ code: 'JOURNAL_INVALID_NAMESPACE' });
    await good;
    expect(() => journal.note({ namespace: '', key: 'a', value: '1' })).toThrow(/namespace/);
    expect(await journal.get('record', 'a')).toBe('1');
  });

  test('survive a restart, and a closed journal is one plain file', async () => {
    const journal = await open();
    await journal.commit(() => [record('a', '1')]);
    journal.note(record('b', '2'));
    await journal.close();
    expect(await readdir(folder)).toEqual(['journal.db']);
    const again = await open();
    expect(await again.scan('record')).toHaveLength(2);
    await expect(journal.get('record', 'a')).rejects.toMatchObject({ code: 'JOURNAL_CLOSED' });
    await expect(journal.commit(() => [])).rejects.toMatchObject({ code: 'JOURNAL_CLOSED' });
  });
});

describe('transactions', () => {
  test('all commits of a turn are collected together, in order, before any is acknowledged', async () => {
    const journal = await open();
    const events: string[] = [];
    const write = async (name: string): Promise<void> => {
      await journal.commit(() => {
        events.push(`collect ${name}`);
        return [record(name, name)];
      });
      events.push(`durable ${name}`);
    };
    const nested = journal
      .commit(() => {
        events.push('collect outer');
        void write('of the next turn');
        return [];
      })
      .then(() => events.push('durable outer'));
    await Promise.all([nested, write('a'), Promise.resolve().then(() => write('b'))]);
    await journal.commit(() => []);
    expect(events).toEqual([
      'collect outer',
      'collect a',
      'collect b',
      'durable outer',
      'durable a',
      'durable b',
      'collect of the next turn',
      'durable of the next turn',
    ]);
  });

  test('the writes of a turn are one transaction, whoever made them', async () => {
    const journal = await open();
    const before = await transactionsInWal();
    journal.note(record('note', '1'));
    const writers = Array.from({ length: 50 }, (_, n) =>
      journal.commit(() => [record(`a${n}`, '1'), record(`b${n}`, '1')]),
    );
    await Promise.all(writers);
    expect(await journal.scan('record')).toHaveLength(101);
    expect((await transactionsInWal()) - before).toBe(1);
    await journal.commit(() => [record('c', '1')]);
    expect((await transactionsInWal()) - before).toBe(2);
  });

  test('none of it is there when the process dies before the last collector is asked', async () => {
    const child = start('dies-while-collecting.mjs', [folder]);
    expect(await outputOf(child)).toBe('A before\n');
    const journal = await open();
    expect(await journal.scan('record')).toEqual([{ key: 'before', value: '1' }]);
  });

  test('a collector is asked at the end of the turn, and so hands over the newest state', async () => {
    const journal = await open();
    let state = 'old';
    const durable = journal.commit(() => [record('state', state)]);
    state = 'new';
    await durable;
    expect(await journal.get('record', 'state')).toBe('new');
  });

  test('a collector that throws fails alone', async () => {
    const journal = await open();
    const bad = journal.commit(() => {
      throw new RangeError('state of one writer');
    });
    const good = journal.commit(() => [record('a', '1')]);
    await expect(bad).rejects.toThrow(RangeError);
    await good;
    expect(await journal.get('record', 'a')).toBe('1');
  });

  test('a note is written with the next commit, before what the commit writes', async () => {
    const journal = await open();
    journal.note(record('a', 'noted'));
    expect(await journal.get('record', 'a')).toBeUndefined();
    await journal.commit(() => [record('a', 'committed'), record('b', '1')]);
    journal.note(record('c', 'noted'));
    await journal.commit(() => []);
    expect(await journal.scan('record')).toEqual([
      { key: 'a', value: 'committed' },
      { key: 'b', value: '1' },
      { key: 'c', value: 'noted' },
    ]);
  });

  test('a note that no commit takes along is written after 100 ms', async () => {
    const timers: { delayMs: number; callback: () => void }[] = [];
    const journal = await open({
      now: () => 0,
      schedule: (delayMs, callback) => {
        timers.push({ delayMs, callback });
        return () => {};
      },
    });
    journal.note(record('a', '1'));
    journal.note(record('b', '2'));
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([100]);
    timers[0]?.callback();
    expect(await journal.scan('record')).toHaveLength(2);
  });
});

describe('the thread of the database', () => {
  test('leaves the event loop to others while a transaction is written', async () => {
    const journal = await openHeld();
    const release = await holdDisk();
    const events: string[] = [];
    const durable = journal
      .commit(() => {
        events.push('collect');
        return [record('a', '1')];
      })
      .then(() => events.push('durable'));
    while (events.length === 0) await wait();
    await access(folder);
    events.push('others');
    await release();
    await durable;
    expect(events).toEqual(['collect', 'others', 'durable']);
  });

  test('what is asked for during a write is the next transaction, all of it', async () => {
    const journal = await openHeld();
    const before = await transactionsInWal();
    const release = await holdDisk();
    const events: string[] = [];
    const write = async (name: string): Promise<void> => {
      await journal.commit(() => {
        events.push(`collect ${name}`);
        return [record(name, '1')];
      });
      events.push(`durable ${name}`);
    };
    const first = write('first');
    while (events.length === 0) await wait();
    const second = write('second');
    await wait();
    journal.note(record('note', '1'));
    const third = write('third');
    await wait();
    await release();
    await Promise.all([first, second, third]);
    expect(events).toEqual([
      'collect first',
      'durable first',
      'collect second',
      'collect third',
      'durable second',
      'durable third',
    ]);
    expect((await transactionsInWal()) - before).toBe(2);
    expect(await journal.get('record', 'note')).toBe('1');
  });

  test('reads come after every write that was acknowledged before', async () => {
    const journal = await open();
    for (let n = 0; n < 50; n += 1) {
      const seen = journal
        .commit(() => [record('n', String(n))])
        .then(() => journal.get('record', 'n'));
      const early = journal.get('record', 'n');
      expect(await seen).toBe(String(n));
      expect([undefined, String(n - 1), String(n)]).toContain(await early);
    }
  });

  test('the reads of a turn are one request', async () => {
    const requests: number[] = [];
    const journal = await openHeld((thread) => ({
      ...thread,
      read: (reads) => {
        requests.push(reads.length);
        return thread.read(reads);
      },
    }));
    await journal.commit(() => Array.from({ length: 50 }, (_, n) => record(`k${n}`, `v${n}`)));
    const gets = Array.from({ length: 100 }, (_, n) => journal.get('record', `k${n}`));
    const page = journal.scan('record', { limit: 1 });
    expect(await Promise.all(gets)).toEqual(
      Array.from({ length: 100 }, (_, n) => (n < 50 ? `v${n}` : undefined)),
    );
    expect(await page).toEqual([{ key: 'k0', value: 'v0' }]);
    expect(requests).toEqual([101]);
  });

  test('a read that fails fails alone', async () => {
    const journal = await open();
    await journal.commit(() => [record('a', '1')]);
    const bad = journal.scan('record', { limit: Number.NaN });
    const good = journal.get('record', 'a');
    await expect(bad).rejects.toMatchObject({ name: 'SqliteError', code: 'SQLITE_MISMATCH' });
    expect(await good).toBe('1');
  });

  test('a thread that ends fails the write it was at, every later one and all reads', async () => {
    const journal = await openHeld();
    await journal.commit(() => [record('a', '1')]);
    const writes = [journal.commit(() => [record('b', 'die')]), journal.commit(() => [])];
    const settled = await Promise.allSettled(writes);
    expect(settled).toEqual(
      Array(2).fill({
        status: 'rejected',
        reason: expect.objectContaining({
          code: 'JOURNAL_FAILED',
          cause: expect.objectContaining({ message: expect.stringContaining('exit code 3') }),
        }),
      }),
    );
    const never = () => {
      throw new Error('collected after the failure');
    };
    await expect(journal.commit(never)).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
    await expect(journal.get('record', 'a')).rejects.toThrow(/thread ended/);
    await journal.close();
  });

  test('closing writes what waits behind a write, and refuses what comes later', async () => {
    const journal = await openHeld();
    const release = await holdDisk();
    let collected = false;
    const first = journal.commit(() => {
      collected = true;
      return [record('first', '1')];
    });
    while (!collected) await wait();
    const waiting = journal.commit(() => [record('waiting', '1')]);
    journal.note(record('note', '1'));
    const read = journal.get('record', 'first');
    const closed = Promise.all([journal.close(), journal.close()]);
    await expect(journal.commit(() => [])).rejects.toMatchObject({ code: 'JOURNAL_CLOSED' });
    await release();
    await Promise.all([first, waiting, closed]);
    expect(await read).toBe('1');
    expect((await (await open()).scan('record')).map(({ key }) => key)).toEqual([
      'first',
      'note',
      'waiting',
    ]);
  });

  test('keeps the process alive for a write and for closing, and not for longer', async () => {
    for (const [ending, output] of [
      ['forget', 'A a\n'],
      ['close', 'A a\nclosed\n'],
    ] as const) {
      const child = start('last-write.mjs', [folder, ending]);
      const exit = once(child, 'exit');
      expect(await outputOf(child)).toBe(output);
      expect(await exit).toEqual([0, null]);
    }
    expect(await (await open()).get('record', 'a')).toBe('1');
  });

  test('a part of a large buffer is stored without the rest', async () => {
    const journal = await open();
    const large = Buffer.alloc(1_000_000, 'x');
    await journal.commit(() => [record('part', large.subarray(10, 13))]);
    expect(await journal.get('record', 'part')).toEqual(new Uint8Array(Buffer.from('xxx')));
  });

  test('a package that was not built says so', async () => {
    const missing = new URL('./nowhere/journal-worker.js', import.meta.url);
    const error = await startDatabaseThread(folder, missing).catch((reason) => reason);
    expect(isConfigurationError(error)).toBe(true);
    expect(error.message).toMatch(/nowhere\/journal-worker.js.*Build the package/);
  });
});

describe('one process, one journal', () => {
  test('a second process is told which folder is taken and what to do', async () => {
    await open();
    const said = await outputOf(start('holder.mjs', [folder]));
    expect(said).toContain(
      `CONFIGURATION journal ${folder}: another process has this journal open`,
    );
    expect(said).toContain('folder of its own');
  });

  test('the lock of a process that was killed does not outlive it', async () => {
    const child = start('holder.mjs', [folder]);
    expect(await outputOf(child, /open/)).toBe('open\n');
    await expect(openJournal(folder)).rejects.toMatchObject({ code: 'CONFIGURATION' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const journal = await open();
    await journal.commit(() => [record('a', '1')]);
  });

  test('a second opening in the same process is refused, and works once the first is closed', async () => {
    const first = await open();
    await expect(openJournal(folder)).rejects.toThrow(/another process has this journal open/);
    await first.commit(() => [record('a', '1')]);
    await first.close();
    expect(await (await open()).get('record', 'a')).toBe('1');
  });
});

describe('files that cannot be used', () => {
  test('a journal of a newer format is refused and stays as it is', async () => {
    await (await open()).close();
    const database = new Connection(join(folder, 'journal.db'));
    database.exec("UPDATE meta SET value = '2' WHERE key = 'format'");
    database.close();
    await expect(openJournal(folder)).rejects.toThrow(/has format 2, this version reads format 1/);
    await expect(openJournal(folder)).rejects.toThrow(/newer/);
  });

  test('a file that is no database is refused', async () => {
    await writeFile(join(folder, 'journal.db'), 'my notes, not a database. '.repeat(100));
    await expect(openJournal(folder)).rejects.toThrow(/is no journal/);
  });

  test.each([
    ['file', 'it is a file'],
    ['file/data', 'a file stands in its path'],
  ])('a folder that cannot be made is named, with the reason: %s', async (path, reason) => {
    await writeFile(join(folder, 'file'), '');
    const inside = join(folder, path);
    await expect(openJournal(inside)).rejects.toThrow(`journal ${inside}: ${reason}`);
  });

  test('folders above it are made too, for their owner alone', async () => {
    const inside = join(folder, 'a', 'b', 'c');
    await (await openJournal(inside)).close();
    expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o700);
    expect((await stat(inside)).mode & 0o777).toBe(0o700);
  });

  // Node's own making of folders never came back from there.
  test('a file system without new folders is refused', async () => {
    await expect(openJournal('/proc/journal')).rejects.toThrow(/it cannot be opened \(E[A-Z]+\)/);
  });
});

describe('disaster', () => {
  test('a process killed under sixteen writers has lost no acknowledged record', async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < 4; round += 1) {
      const child = start('writers.mjs', [folder, String(round)]);
      const output = outputOf(child);
      await once(child.stdout ?? child, 'data');
      await wait(20 + Math.random() * 200);
      child.kill('SIGKILL');
      for (const [, key] of (await output).matchAll(/^A (\S+)\n/gm)) acknowledged.add(key ?? '');
    }
    const journal = await open();
    const found = new Set((await journal.scan('record', { limit: 1e7 })).map(({ key }) => key));
    const newest = await journal.scan('newest');
    expect(acknowledged.size).toBeGreaterThan(64);
    expect([...acknowledged].filter((key) => !found.has(key))).toEqual([]);
    expect(newest.filter(({ key, value }) => !found.has(`${key}-${String(value)}`))).toEqual([]);
    for (const { key, value } of newest)
      expect(found.has(`${key}-${Number(value) + 1}`)).toBe(false);
  });

  test('a full disk fails all writers of the transaction and every later one, and loses nothing before', async () => {
    const output = await outputOf(start('writers.mjs', [folder, 'full'], '512'));
    expect(output).toContain('F JOURNAL_FAILED\nL JOURNAL_FAILED');
    const acknowledged = [...output.matchAll(/^A (\S+)$/gm)].map(([, key]) => key);
    const journal = await open();
    const found = new Set((await journal.scan('record', { limit: 1e7 })).map(({ key }) => key));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((key) => !found.has(key ?? ''))).toEqual([]);
  });
});
