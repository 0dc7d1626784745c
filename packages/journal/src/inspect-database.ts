import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Connection from 'libsql';
import { checkFormat, refusalOf } from './open-database.ts';
import type { OpenRefusal } from './thread-protocol.ts';

/** A process that ended while it made the journal leaves a database without tables. */
const isUnmade = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('no such table');

/**
 * Reads the format of `journal.db` in `folder`, by SQLite's read-only mode. The lock of a process that has it
 * open keeps readers out too.
 * @returns why it could not be opened, if so.
 */
export function inspectDatabase(folder: string): OpenRefusal | undefined {
  const address = pathToFileURL(join(folder, 'journal.db'));
  address.search = 'mode=ro';
  try {
    return checkFormat(new Connection(address.href));
  } catch (error) {
    return isUnmade(error) ? undefined : refusalOf(error);
  }
}
