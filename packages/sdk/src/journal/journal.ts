/** What is stored: text (JSON of the record's owner) or raw bytes. */
export type JournalValue = string | Uint8Array;

/** A write. `value: null` deletes. */
export interface JournalOp {
  /** Which records these are: `instance`, `claim`. Letters, digits, dots and hyphens. */
  readonly namespace: string;
  readonly key: string;
  readonly value: JournalValue | null;
}

/** A stored record. */
export interface JournalEntry {
  readonly key: string;
  readonly value: JournalValue;
}

/** From where and how much to read. */
export interface ScanOptions {
  /** Entries whose key is greater (by UTF-8 bytes). */
  readonly after?: string;
  /** @default 1000 */
  readonly limit?: number;
}

/**
 * Durable key-value records. All writes that are asked for in one turn of the event loop, by whomever,
 * become one transaction.
 */
export interface Journal {
  /** One record; undefined where there is none. */
  get(namespace: string, key: string): Promise<JournalValue | undefined>;
  /**
   * Entries of a namespace in the order of their keys. Large ones may come fewer at a time than `limit`; none
   * come only where none are left.
   */
  scan(namespace: string, options?: ScanOptions): Promise<readonly JournalEntry[]>;
  /**
   * Calls `collect` once, synchronously, when the next transaction begins, and resolves when what it
   * returned is durable. Collecting late lets a writer hand over the newest state of what it changed.
   * @throws {ConnectorError} `JOURNAL_FAILED` the transaction failed; the journal takes no more writes
   *   and whoever holds state in memory has to stop.
   */
  commit(collect: () => readonly JournalOp[]): Promise<void>;
  /** Rides along with the next transaction; forces none at once, but is not left behind for long either. */
  note(op: JournalOp): void;
}
