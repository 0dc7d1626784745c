import type { JournalEntry, JournalOp, JournalValue, ScanOptions } from '@bpmn-connectors/sdk';
import { closeDatabase } from './close-database.ts';
import type { Database } from './open-database.ts';

/** The records of a database, synchronously. */
export interface Store {
  get(namespace: string, key: string): JournalValue | undefined;
  scan(namespace: string, options: ScanOptions): readonly JournalEntry[];
  /** Writes all of them in one transaction, or throws and writes none. */
  readonly write: (ops: readonly JournalOp[]) => void;
  /** Leaves WAL, so that one file is left, and gives up the lock. */
  close(): void;
}

const defaultScanLimit = 1000;

/** libsql reads a text only up to its first U+0000, so that keys and values are read as bytes. */
const columns = 'CAST(key AS BLOB), CAST(value AS BLOB), typeof(value)';

/** Prepares the statements once; libsql finalises them only when they are collected. */
export function createStore(database: Database): Store {
  const select = database
    .prepare(`SELECT ${columns} FROM kv WHERE namespace = ? AND key = ?`)
    .raw();
  const range = database
    .prepare(`SELECT ${columns} FROM kv WHERE namespace = ? AND key > ? ORDER BY key LIMIT ?`)
    .raw();
  const put = database.prepare('INSERT OR REPLACE INTO kv VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM kv WHERE namespace = ? AND key = ?');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  return {
    get: (namespace, key) => {
      const row = select.get(namespace, key);
      return row === undefined ? undefined : entryOf(row).value;
    },
    scan: (namespace, { after = '', limit = defaultScanLimit }) =>
      range.all(namespace, after, limit).map(entryOf),
    write: (ops) => {
      begin.run();
      try {
        for (const { namespace, key, value } of ops) {
          if (value === null) remove.run(namespace, key);
          else put.run(namespace, key, value);
        }
        commit.run();
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => closeDatabase(database),
  };
}

function entryOf(row: unknown): JournalEntry {
  const [key, value, type]: unknown[] = Array.isArray(row) ? row : [];
  const bytes = bytesOf(value);
  return {
    key: bytesOf(key).toString('utf8'),
    value: type === 'text' ? bytes.toString('utf8') : new Uint8Array(bytes),
  };
}

const bytesOf = (value: unknown): Buffer => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));
