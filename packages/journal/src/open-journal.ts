import { type Clock, ConnectorError, type Journal, systemClock } from '@bpmn-connectors/sdk';
import { createGroupCommit } from './group-commit.ts';
import { openDatabase } from './open-database.ts';
import { createStore } from './store.ts';

/** How a journal is opened. */
export interface JournalOptions {
  /** Wakes up for notes that no commit took along. */
  readonly clock?: Clock;
}

/** A journal in a file of its own. */
export interface LibsqlJournal extends Journal {
  /** Writes what was noted, leaves one plain SQLite file behind and gives up the lock. */
  close(): Promise<void>;
}

/**
 * Opens the journal of a folder: one SQLite file, `journal.db`, written by one process at a time. Every
 * transaction is on the disk (WAL, `synchronous=FULL`) before its writers are told. Reads see what is
 * durable, not what waits for the next transaction.
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
  const database = await openDatabase(folder);
  const store = createStore(database);
  const writes = createGroupCommit(store.write, clock);
  let closed = false;
  const whileOpen = async <Value>(read: () => Value): Promise<Value> => {
    if (closed) throw new ConnectorError('JOURNAL_CLOSED', 'The journal is closed');
    return read();
  };
  return {
    get: (namespace, key) => whileOpen(() => store.get(namespace, key)),
    scan: (namespace, options = {}) => whileOpen(() => store.scan(namespace, options)),
    commit: writes.commit,
    note: writes.note,
    close: async () => {
      if (closed) return;
      closed = true;
      writes.close();
      store.close();
    },
  };
}
