import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { inspectJournal, type LibsqlJournal, openJournal } from '../src/index.ts';

const Connection = createRequire(import.meta.url)('libsql');

let folder: string;
const opened: LibsqlJournal[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-inspect ä?-'));
});

afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  await rm(folder, { recursive: true });
});

const open = async (): Promise<LibsqlJournal> => {
  const journal = await openJournal(folder);
  opened.push(journal);
  return journal;
};

test('where no journal is there is none, and none is made', async () => {
  expect(await inspectJournal(folder)).toBe(false);
  expect(await inspectJournal(join(folder, 'nowhere'))).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

test('a journal that is closed could be opened, and is left as it is', async () => {
  await (await open()).close();
  const before = await readFile(join(folder, 'journal.db'));
  expect(await inspectJournal(folder)).toBe(true);
  expect(await readdir(folder)).toEqual(['journal.db']);
  expect((await readFile(join(folder, 'journal.db'))).equals(before)).toBe(true);
  await open();
});

test('a journal that is open is taken, and stays usable', async () => {
  const journal = await open();
  await expect(inspectJournal(folder)).rejects.toMatchObject({
    code: 'CONFIGURATION',
    message: expect.stringMatching(/another process has this journal open/),
  });
  await journal.commit(() => [{ namespace: 'a', key: 'b', value: 'c' }]);
});

test('a journal of a newer format is refused', async () => {
  await (await open()).close();
  const database = new Connection(join(folder, 'journal.db'));
  database.exec("UPDATE meta SET value = '2' WHERE key = 'format'");
  database.close();
  await expect(inspectJournal(folder)).rejects.toThrow(/has format 2, this version reads format 1/);
});

test('a file that is no database is refused', async () => {
  await writeFile(join(folder, 'journal.db'), 'my notes, not a database. '.repeat(100));
  await expect(inspectJournal(folder)).rejects.toThrow(/is no journal/);
});

test('a journal that was never finished could be opened', async () => {
  await writeFile(join(folder, 'journal.db'), '');
  expect(await inspectJournal(folder)).toBe(true);
  await open();
});
