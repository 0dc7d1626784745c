import {
  ConnectorError,
  type Journal,
  type JournalEntry,
  type JournalOp,
  type JournalValue,
} from '@bpmn-connectors/sdk';

/** What survives a restart. */
export type Disk = Map<string, Map<string, JournalValue>>;

/** A journal in memory, as honest as the real one: a transaction per turn, collected when it begins. */
export interface MemoryJournal extends Journal {
  readonly disk: Disk;
  /** Every transaction from now on fails. */
  breakDown(): void;
  /** As a killed process: what is not yet written is lost, and nothing is written any more. */
  kill(): void;
  /** Transactions written. */
  transactions(): number;
}

export function memoryJournal(disk: Disk = new Map()): MemoryJournal {
  let waiting: { collect: () => readonly JournalOp[]; done: (error?: Error) => void }[] = [];
  let notes: JournalOp[] = [];
  let broken = false;
  let killed = false;
  let transactions = 0;

  const write = (ops: readonly JournalOp[]): void => {
    for (const { namespace, key, value } of ops) {
      const records = disk.get(namespace) ?? new Map<string, JournalValue>();
      disk.set(namespace, records);
      if (value === null) records.delete(key);
      else records.set(key, value);
    }
    transactions += 1;
  };

  const flush = (): void => {
    if (killed) return;
    const batch = waiting;
    waiting = [];
    const ops = [...notes, ...batch.flatMap(({ collect }) => collect())];
    notes = [];
    if (!broken) write(ops);
    const error = broken ? new ConnectorError('JOURNAL_FAILED', 'The disk is gone') : undefined;
    for (const { done } of batch) done(error);
  };

  return {
    disk,
    get: async (namespace, key) => disk.get(namespace)?.get(key),
    scan: async (namespace, { after, limit = 1000 } = {}) =>
      [...(disk.get(namespace) ?? [])]
        .map(([key, value]): JournalEntry => ({ key, value }))
        .filter(({ key }) => after === undefined || key > after)
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, limit),
    commit: (collect) =>
      new Promise<void>((resolve, reject) => {
        const done = (error?: Error): void => (error === undefined ? resolve() : reject(error));
        if (waiting.push({ collect, done }) === 1) setImmediate(flush);
      }),
    note: (op) => {
      notes.push(op);
    },
    breakDown: () => {
      broken = true;
    },
    kill: () => {
      killed = true;
    },
    transactions: () => transactions,
  };
}
