import { type Clock, type Journal, systemClock } from '@bpmn-connectors/sdk';
import { createJournal } from './create-journal.ts';
import { startDatabaseThread } from './start-database-thread.ts';

/** How a journal is opened. */
export interface JournalOptions {
  /** Wakes up for notes that no commit took along. */
  readonly clock?: Clock;
}

/** A journal in a file of its own. */
export interface LibsqlJournal extends Journal {
  /** Writes what waits, leaves one plain SQLite file behind, gives up the lock and ends the thread. */
  close(): Promise<void>;
}

/**
 * Opens the journal of a folder: one SQLite file, `journal.db`, written by one process at a time. Every
 * transaction is on the disk (WAL, `synchronous=FULL`) before its writers are told. Reads see what is
 * durable, not what waits for the next transaction. SQLite has a worker thread of its own, so that neither
 * its work nor the disk holds up the event loop; the thread alone keeps no process alive.
 *
 * Keys and texts may hold any Unicode character, U+0000 too; an unpaired surrogate becomes U+FFFD.
 * @param folder created, for its owner alone, where it does not exist.
 * @throws {ConfigurationError} `CONFIGURATION` another process has the journal open, a newer version wrote
 *   it, the file is no journal, or the folder cannot be written.
 * @example
 * const journal = await openJournal('./data');
 * await journal.commit(() => [{ namespace: 'order', key: '42', value: '{"paid":true}' }]);
 * await journal.close();
 */
export async function openJournal(
  folder: string,
  { clock = systemClock }: JournalOptions = {},
): Promise<LibsqlJournal> {
  return createJournal(await startDatabaseThread(folder), clock);
}
