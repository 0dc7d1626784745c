import type { JournalValue } from '@bpmn-connectors/sdk';
import type { Database } from './open-database.ts';
import type { FlatOps, Found, Read } from './thread-protocol.ts';

/** The records of a database, synchronously. */
export interface Store {
  read(read: Read): Found;
  /** Writes all of them in one transaction, or throws and writes none. */
  write(ops: FlatOps): void;
}

/** libsql reads a text only up to its first U+0000, so that keys and values are read as bytes. */
const columns = 'CAST(key AS BLOB), CAST(value AS BLOB), typeof(value)';

/** Bytes after which a page of a scan ends: it is in memory several times on its way to the main thread. */
const pageBytes = 16 * 1024 * 1024;

/** How many of the first records make a page; one at least, however large. */
function fitting(sizes: readonly unknown[]): number {
  let left = pageBytes;
  const over = sizes.findIndex((row) => {
    left -= Array.isArray(row) ? Number(row[0]) : 0;
    return left < 0;
  });
  return over < 0 ? sizes.length : Math.max(1, over);
}

/** Prepares the statements once; libsql finalises them only when they are collected. */
export function createStore(database: Database): Store {
  const select = database
    .prepare(`SELECT ${columns} FROM kv WHERE namespace = ? AND key = ?`)
    .raw();
  const range = database
    .prepare(`SELECT ${columns} FROM kv WHERE namespace = ? AND key > ? ORDER BY key LIMIT ?`)
    .raw();
  const sizes = database
    .prepare(
      'SELECT octet_length(value) FROM kv WHERE namespace = ? AND key > ? ORDER BY key LIMIT ?',
    )
    .raw();
  const put = database.prepare('INSERT OR REPLACE INTO kv VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM kv WHERE namespace = ? AND key = ?');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  return {
    read: ([namespace, key, limit]) => {
      if (limit !== undefined) {
        const count = fitting(sizes.all(namespace, key, limit));
        return range.all(namespace, key, count).flatMap(entryOf);
      }
      const row = select.get(namespace, key);
      return row === undefined ? [] : entryOf(row).slice(1);
    },
    write: (ops) => {
      begin.run();
      try {
        for (let at = 0; at < ops.length; at += 3) {
          const value = ops[at + 2];
          if (value === null) remove.run(ops[at], ops[at + 1]);
          else put.run(ops[at], ops[at + 1], value);
        }
        commit.run();
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

function entryOf(row: unknown): readonly [key: string, value: JournalValue] {
  const [key, value, type]: unknown[] = Array.isArray(row) ? row : [];
  const bytes = bytesOf(value);
  return [
    bytesOf(key).toString('utf8'),
    type === 'text' ? bytes.toString('utf8') : new Uint8Array(bytes),
  ];
}

const bytesOf = (value: unknown): Buffer => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));
