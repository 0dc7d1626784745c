import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { existingFile } from './existing-file.ts';
import { refusedError } from './refused-error.ts';
import type { DatabaseAnswer } from './thread-protocol.ts';

const execute = promisify(execFile);

/** Node 20 cannot run TypeScript: the built file, whether this one runs from `src` or from `dist`. */
const inspector = new URL('../dist/journal-inspector.js', import.meta.url);

/**
 * Tells whether `openJournal` would open the journal of a folder, and neither locks it nor writes to it.
 * Beside a journal that a crash left open SQLite may leave a file `journal.db-shm`, which nothing needs.
 * @returns whether there is a journal; where there is none, or no such folder, `openJournal` makes one.
 * @throws {ConfigurationError} `CONFIGURATION` another process has the journal open, a newer version wrote
 *   it, or the file is no journal.
 * @example
 * const exists = await inspectJournal('./data');
 */
export async function inspectJournal(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'journal.db'))) return false;
  const { stdout } = await execute(process.execPath, [existingFile(inspector), folder]);
  const { refusal }: Pick<DatabaseAnswer, 'refusal'> = JSON.parse(stdout);
  if (refusal !== undefined) throw refusedError(folder, refusal);
  return true;
}
