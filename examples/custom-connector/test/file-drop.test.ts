import { mkdir, mkdtemp, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '@bpmn-connectors/sdk';
import {
  type InboundTest,
  manualClock,
  type TestInboundOptions,
  testInbound,
} from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fileDrop } from '../src/index.ts';
import '@bpmn-connectors/testing/jest';

describe('a file drop, an inbound connector of one’s own that polls', () => {
  let root: string;
  let drops: InboundTest[];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'file-drop-'));
    await mkdir(join(root, 'orders'));
    drops = [];
  });

  afterEach(async () => {
    for (const drop of drops) await drop.close();
    await rm(root, { recursive: true });
  });

  const start = async (options: Partial<TestInboundOptions> = {}): Promise<InboundTest> => {
    const drop = await testInbound(fileDrop({ root, everyMs: 10 }), {
      ...options,
      properties: {
        folder: 'orders',
        resultExpression: '={order: content.id}',
        ...options.properties,
      },
    });
    drops.push(drop);
    return drop;
  };

  /** Whole at once, as the connector asks it of writers. */
  const put = async (name: string, content: string, time = new Date()): Promise<void> => {
    const written = join(root, 'orders', `.${name}`);
    await writeFile(written, content);
    await utimes(written, time, time);
    await rename(written, join(root, 'orders', name));
  };

  /** Names without the time that is put before them. */
  const filesIn = async (end: 'done' | 'failed' | '.'): Promise<string[]> =>
    (await readdir(join(root, 'orders', end), { withFileTypes: true }))
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name.replace(/^\d+-/, ''))
      .sort();

  const filesAppear = async (end: 'done' | 'failed', count: number): Promise<string[]> => {
    for (;;) {
      const files = await filesIn(end);
      if (files.length >= count) return files;
      await pause(5);
    }
  };

  test('starts a process with each file, and moves it to done', async () => {
    const drop = await start();
    await put('a.json', '{"id":"A"}');
    await put('b.json', '{"id":"B"}');
    expect(await filesAppear('done', 2)).toEqual(['a.json', 'b.json']);
    expect(drop).toHaveStarted({ order: 'A' });
    expect(drop).toHaveStarted({ order: 'B' });
    expect(drop.commands).toHaveLength(2);
  });

  test('continues the process that waits for the file', async () => {
    const drop = await start({
      properties: { correlationKeyExpression: '=content.id' },
      element: { elementType: 'receiveTask', message: { name: 'file' } },
    });
    await put('a.json', '{"id":"A"}');
    await filesAppear('done', 1);
    expect(drop).toHaveCorrelated('A', { order: 'A' });
  });

  test('a file that comes again unchanged starts nothing and is done', async () => {
    const drop = await start();
    const time = new Date(2026, 0, 1);
    for (let copies = 1; copies <= 2; copies++) {
      await put('a.json', '{"id":"A"}', time);
      await filesAppear('done', copies);
    }
    expect(drop.commands).toHaveLength(1);
  });

  test('moves to failed what is not JSON or too long, and goes on with the others', async () => {
    const drop = await start({ properties: { maxBytes: '20' } });
    await put('a.json', 'no JSON');
    await put('b.json', `{"id":"${'x'.repeat(20)}"}`);
    await put('c.json', '{"id":"C"}');
    expect(await filesAppear('failed', 2)).toEqual(['a.json', 'b.json']);
    expect(await filesAppear('done', 1)).toEqual(['c.json']);
    expect(drop.commands).toHaveLength(1);
  });

  test('moves to failed what the model cannot process, and keeps it as a dead letter', async () => {
    const drop = await start({
      properties: { correlationKeyExpression: '=content.missing' },
      element: { elementType: 'receiveTask', message: { name: 'file' } },
    });
    await put('a.json', '{"id":"A"}');
    await filesAppear('failed', 1);
    const { items } = await drop.inbound.deadLetters.list();
    expect(items).toMatchObject([{ webhookId: 'orders' }]);
  });

  test('leaves files while the process runtime is away, says so, and takes them when it is back', async () => {
    let answer: Outcome = { status: 'unavailable', code: 'CONNECTION', message: 'away' };
    const drop = await start({ answer: () => answer });
    await put('a.json', '{"id":"A"}');
    while (drop.inbound.endpoints()[0]?.health !== 'down') await pause(5);
    expect(drop.inbound.endpoints()).toMatchObject([{ state: 'active', reason: '1 file(s) wait' }]);
    expect(await filesIn('.')).toEqual(['a.json']);
    answer = { status: 'accepted', messageKey: '1' };
    expect(await filesAppear('done', 1)).toEqual(['a.json']);
    while (drop.inbound.endpoints()[0]?.health !== 'up') await pause(5);
    expect(await filesIn('.')).toEqual([]);
  });

  test('does not follow links, nor take files that are still being written', async () => {
    const drop = await start();
    await writeFile(join(root, 'secret.json'), '{"id":"SECRET"}');
    await symlink(join(root, 'secret.json'), join(root, 'orders', 'link.json'));
    await writeFile(join(root, 'orders', '.half.json'), '{"id":');
    await put('z.json', '{"id":"Z"}');
    await filesAppear('done', 1);
    expect(drop.commands.map(({ variables }) => variables)).toEqual([{ order: 'Z' }]);
    expect(await filesIn('.')).toEqual(['.half.json', 'link.json']);
  });

  test.each(['../orders', '/etc', 'a/b', '.', ''])(
    'a model cannot name the folder %j',
    async (folder) => {
      await expect(start({ properties: { folder } })).rejects.toThrow('folder');
    },
  );

  test('looks for no files after it was closed', async () => {
    const clock = manualClock();
    const drop = await start({ clock });
    expect(clock.scheduled()).toEqual([0]);
    await drop.close();
    expect(clock.scheduled()).toEqual([]);
  });
});
