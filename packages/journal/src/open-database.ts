import { join, resolve } from 'node:path';
import Connection from 'libsql';
import { closeDatabase } from './close-database.ts';
import { makeFolder } from './make-folder.ts';
import { recordOfError } from './record-of-error.ts';
import type { ErrorRecord, OpenRefusal } from './thread-protocol.ts';

/** A connection as libsql makes it (the interface of better-sqlite3). */
export type Database = Connection.Database;

/** Goes up when files of older versions can no longer be read as they are. */
const format = 1;

/**
 * Pages in the WAL at which a commit also brings the database file up to date. Larger than SQLite's 1000:
 * pages that many transactions change are written back once. All of it is durable either way; after a
 * crash up to 16 MB of WAL are read again.
 */
const walPages = 4000;

const fixes: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  SQLITE_BUSY: [
    'another process has this journal open',
    'Stop that process, or give this one a folder of its own',
  ],
  SQLITE_NOTADB: [
    'journal.db is no journal of BPMN Connectors',
    'Name another folder, or move that file away',
  ],
  EEXIST: ['it is a file', 'Name another folder, or move that file away'],
  ENOTDIR: ['a file stands in its path', 'Name another folder, or move that file away'],
};

/**
 * Opens and locks `journal.db` in `folder`, creating what is missing. The lock is SQLite's own
 * (`locking_mode=EXCLUSIVE`), so a process that is killed leaves none behind.
 * @returns the database, or why there is none and what to do.
 */
export async function openDatabase(
  folder: string,
): Promise<{ readonly database: Database } | { readonly refusal: OpenRefusal }> {
  let database: Database | undefined;
  try {
    await makeFolder(resolve(folder));
    database = new Connection(join(folder, 'journal.db'));
    lock(database);
  } catch (error) {
    database?.close();
    return { refusal: refusalOf(error) };
  }
  const refusal = checkFormat(database);
  if (refusal === undefined) return { database };
  closeDatabase(database);
  return { refusal };
}

/** Exclusive mode has to be asked for before WAL is entered: then no shared memory is used, and the lock is real. */
function lock(database: Database): void {
  database.pragma('locking_mode=EXCLUSIVE');
  database.pragma('journal_mode=WAL');
  database.pragma('synchronous=FULL');
  database.pragma(`wal_autocheckpoint=${walPages}`);
  database.exec('BEGIN IMMEDIATE');
  database.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID');
  database.exec(
    'CREATE TABLE IF NOT EXISTS kv (namespace TEXT, key TEXT, value, PRIMARY KEY (namespace, key)) WITHOUT ROWID',
  );
  database.exec(`INSERT OR IGNORE INTO meta VALUES ('format', '${format}')`);
  database.exec('COMMIT');
}

/** Why this version cannot read it, if so. */
export function checkFormat(database: Database): OpenRefusal | undefined {
  const row = database.prepare("SELECT value FROM meta WHERE key = 'format'").raw().get();
  const found = Array.isArray(row) ? Number(row[0]) : Number.NaN;
  if (found === format) return undefined;
  return {
    reason: `it has format ${found}, this version reads format ${format}`,
    fix: 'Use the version of BPMN Connectors that wrote it, or a newer one',
  };
}

/** What SQLite says of a file that it may neither open nor make has no code. */
const textOf = ({ message }: ErrorRecord): string =>
  message.startsWith('ConnectionFailed') ? 'journal.db can neither be opened nor made' : message;

/** Why it cannot be opened, and what to do. */
export function refusalOf(error: unknown): OpenRefusal {
  const cause = recordOfError(error);
  const [reason, fix] = fixes[cause.code] ?? [
    `it cannot be opened (${cause.code || textOf(cause)})`,
    'Check that the folder exists, has space left and may be written by this process',
  ];
  return { reason, fix, cause };
}
