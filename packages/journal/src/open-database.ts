import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '@bpmn-connectors/sdk';
import type Libsql from 'libsql';
import { closeDatabase } from './close-database.ts';

/** A connection as libsql makes it (the interface of better-sqlite3). */
export type Database = Libsql.Database;

/** Goes up when files of older versions can no longer be read as they are. */
const format = 1;

const fixes: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  SQLITE_BUSY: [
    'another process has this journal open',
    'Stop that process, or give this one a folder of its own',
  ],
  SQLITE_NOTADB: [
    'journal.db is no journal of BPMN Connectors',
    'Name another folder, or move that file away',
  ],
};

/**
 * Opens and locks `journal.db` in `folder`, creating what is missing. The lock is SQLite's own
 * (`locking_mode=EXCLUSIVE`), so a process that is killed leaves none behind.
 * @throws {ConfigurationError} naming the folder, the reason and what to do.
 */
export async function openDatabase(folder: string): Promise<Database> {
  const { default: Connection } = await import('libsql');
  let database: Database | undefined;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    database = new Connection(join(folder, 'journal.db'));
    lock(database);
  } catch (error) {
    database?.close();
    throw asConfigurationError(folder, error);
  }
  checkFormat(database, folder);
  return database;
}

/** Exclusive mode has to be asked for before WAL is entered: then no shared memory is used, and the lock is real. */
function lock(database: Database): void {
  database.pragma('locking_mode=EXCLUSIVE');
  database.pragma('journal_mode=WAL');
  database.pragma('synchronous=FULL');
  database.exec('BEGIN IMMEDIATE');
  database.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID');
  database.exec(
    'CREATE TABLE IF NOT EXISTS kv (namespace TEXT, key TEXT, value, PRIMARY KEY (namespace, key)) WITHOUT ROWID',
  );
  database.exec(`INSERT OR IGNORE INTO meta VALUES ('format', '${format}')`);
  database.exec('COMMIT');
}

function checkFormat(database: Database, folder: string): void {
  const row = database.prepare("SELECT value FROM meta WHERE key = 'format'").raw().get();
  const found = Array.isArray(row) ? Number(row[0]) : Number.NaN;
  if (found === format) return;
  closeDatabase(database);
  throw new ConfigurationError([
    {
      where: `journal ${folder}`,
      reason: `it has format ${found}, this version reads format ${format}`,
      fix: 'Use the version of BPMN Connectors that wrote it, or a newer one',
    },
  ]);
}

function asConfigurationError(folder: string, error: unknown): ConfigurationError {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const [reason, fix] = fixes[code] ?? [
    `it cannot be opened (${code === '' ? String(error) : code})`,
    'Check that the folder exists, has space left and may be written by this process',
  ];
  const configurationError = new ConfigurationError([{ where: `journal ${folder}`, reason, fix }]);
  configurationError.cause = error;
  return configurationError;
}
