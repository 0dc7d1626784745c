import Connection from 'libsql';
import { claimTableSchema, type Query } from './create-claim-table.ts';

/** A database file that several processes of one machine share. */
export interface ClaimFile {
  readonly query: Query;
  close(): void;
}

/**
 * Opens the file and makes the table. Replicas on several machines take PostgreSQL or its like instead.
 * @throws {SqliteError} the file cannot be opened or is no database.
 */
export function openClaimFile(path: string): ClaimFile {
  const database = new Connection(path);
  database.pragma('busy_timeout=5000');
  database.pragma('journal_mode=WAL');
  database.pragma('synchronous=FULL');
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
