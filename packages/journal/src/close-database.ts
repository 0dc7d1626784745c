import type { Database } from './open-database.ts';

/**
 * Leaves one plain file behind and gives up the lock. Closing alone would keep it: SQLite holds on to a
 * connection until its statements are finalised, which libsql leaves to the garbage collector. Out of WAL
 * and back in normal mode, the next read ends with no lock held.
 */
export function closeDatabase(database: Database): void {
  try {
    database.pragma('journal_mode=DELETE');
    database.pragma('locking_mode=NORMAL');
    database.prepare('SELECT 1 FROM meta').all();
  } finally {
    database.close();
  }
}
