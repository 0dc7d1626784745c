import Connection from 'libsql';
import { claimTableSchema, type Query } from './create-claim-table.ts';

/** A database file that several processes of one machine share. */
export interface ClaimFile {
  readonly query: Query;
  readonly close: () => void;
}

/**
 * Opens the file and makes the table. Replicas on several machines take PostgreSQL instead.
 * @throws {SqliteError} the file cannot be opened or is no database.
 */
export function openClaimFile(path: string): ClaimFile {
  const database = new Connection(path);
  // Not by pragma(): its statements would hold the file until they are collected as garbage.
  for (const setting of ['busy_timeout=5000', 'journal_mode=WAL', 'synchronous=FULL'])
    database.exec(`PRAGMA ${setting}`);
  database.exec(claimTableSchema);
  const prepared = new Map<string, Connection.Statement>();
  const prepare = (sql: string): Connection.Statement => {
    const statement = prepared.get(sql) ?? database.prepare(sql.replaceAll(/\$(\d)/g, '?$1'));
    prepared.set(sql, statement);
    return statement;
  };
  return {
    query: async (sql, parameters) =>
      prepare(sql)
        .all(...parameters)
        .filter(isRow),
    close: () => void database.close(),
  };
}

const isRow = (row: unknown): row is Readonly<Record<string, unknown>> =>
  typeof row === 'object' && row !== null;
