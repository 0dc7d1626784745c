import type { Outcome } from '@bpmn-connectors/sdk';

/**
 * Runs one statement with its parameters, `$1` and so on, and gives its rows. With `pg`:
 * `(sql, parameters) => pool.query(sql, [...parameters]).then(({ rows }) => rows)`.
 */
export type Query = (
  sql: string,
  parameters: readonly (string | number)[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** A claim as it is stored. Without an outcome it is pending. */
export interface ClaimRow {
  /** Which attempt has it: no two have the same. */
  readonly owner: string;
  /** Epoch milliseconds of the last change. */
  readonly at: number;
  readonly outcome: Outcome | undefined;
}

/** Claims in a table. What changes a row changes it only if it still is as it was read. */
export interface ClaimTable {
  /** Stores a pending claim. @returns whether there was none. */
  insert(key: string, owner: string, at: number): Promise<boolean>;
  read(key: string): Promise<ClaimRow | undefined>;
  /** Makes somebody else's claim a pending one of this owner. @returns whether nobody was faster. */
  takeOver(key: string, from: ClaimRow, owner: string, at: number): Promise<boolean>;
  /** Writes an outcome; the first one stays. */
  conclude(key: string, owner: string, at: number, outcome: Outcome): Promise<void>;
  /** Deletes the pending claim of this owner. */
  remove(key: string, owner: string): Promise<void>;
  /** Deletes what was not changed since. */
  removeOlder(at: number): Promise<void>;
}

/** Makes the table and its index, where they are not there yet: to be run once, as any migration. */
export const claimTableSchema = `
CREATE TABLE IF NOT EXISTS connector_claims (
  claim_key TEXT PRIMARY KEY, owner TEXT NOT NULL, changed_at BIGINT NOT NULL, outcome TEXT
);
CREATE INDEX IF NOT EXISTS connector_claims_changed_at ON connector_claims (changed_at);
`;

const statements = {
  insert:
    'INSERT INTO connector_claims (claim_key, owner, changed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING owner',
  read: 'SELECT owner, changed_at, outcome FROM connector_claims WHERE claim_key = $1',
  takeOver:
    'UPDATE connector_claims SET owner = $2, changed_at = $3, outcome = NULL WHERE claim_key = $1 AND owner = $4 AND changed_at = $5 RETURNING owner',
  conclude:
    'INSERT INTO connector_claims (claim_key, owner, changed_at, outcome) VALUES ($1, $2, $3, $4) ON CONFLICT (claim_key) DO UPDATE SET changed_at = excluded.changed_at, outcome = excluded.outcome WHERE connector_claims.outcome IS NULL RETURNING owner',
  remove:
    'DELETE FROM connector_claims WHERE claim_key = $1 AND owner = $2 AND outcome IS NULL RETURNING owner',
  removeOlder: 'DELETE FROM connector_claims WHERE changed_at <= $1 RETURNING owner',
} as const;

/** The statements are worded so that PostgreSQL and SQLite take them alike; each gives rows. */
export function createClaimTable(query: Query): ClaimTable {
  const isChanged = async (sql: string, parameters: readonly (string | number)[]) =>
    (await query(sql, parameters)).length > 0;
  return {
    insert: (key, owner, at) => isChanged(statements.insert, [key, owner, at]),
    read: async (key) => {
      const [row] = await query(statements.read, [key]);
      return row === undefined ? undefined : claimOf(row);
    },
    takeOver: (key, from, owner, at) =>
      isChanged(statements.takeOver, [key, owner, at, from.owner, from.at]),
    conclude: async (key, owner, at, outcome) => {
      await query(statements.conclude, [key, owner, at, JSON.stringify(outcome)]);
    },
    remove: async (key, owner) => {
      await query(statements.remove, [key, owner]);
    },
    removeOlder: async (at) => {
      await query(statements.removeOlder, [at]);
    },
  };
}

function claimOf({ owner, changed_at: at, outcome }: Readonly<Record<string, unknown>>): ClaimRow {
  const told: Outcome | undefined = typeof outcome === 'string' ? JSON.parse(outcome) : undefined;
  // PostgreSQL's driver gives whole numbers of 64 bits as texts.
  return { owner: String(owner), at: Number(at), outcome: told };
}
