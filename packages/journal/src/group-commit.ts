import { type Clock, ConnectorError, type JournalOp } from '@bpmn-connectors/sdk';
import { checkOp } from './check-op.ts';

/** Joins the writes of a turn of the event loop into one transaction. */
export interface GroupCommit {
  readonly commit: (collect: () => readonly JournalOp[]) => Promise<void>;
  readonly note: (op: JournalOp) => void;
  /** Writes what waits; everything asked for later is refused. */
  close(): Promise<void>;
}

interface Waiter {
  readonly collect: () => readonly JournalOp[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** How long a note waits for a commit to ride along with. */
const longestNoteMs = 100;

/**
 * The first commit of a turn schedules a flush for the turn's end; notes wait for a flush. There is one
 * flush at a time: what is asked for while it writes, or by its collectors, belongs to the next, which
 * begins at the end of the turn in which the writing is done.
 * @param write writes all of them, or rejects and writes none.
 */
export function createGroupCommit(
  write: (ops: readonly JournalOp[]) => Promise<void>,
  clock: Clock,
): GroupCommit {
  let waiters: Waiter[] = [];
  let notes: JournalOp[] = [];
  let cancelNotes: (() => void) | undefined;
  let notesAreDue = false;
  let flushing: Promise<void> | undefined;
  /** Memory may be ahead of the disk from the first failure on, so that it is the last write. */
  let failure: ConnectorError | undefined;
  let closed: ConnectorError | undefined;

  const begin = (): void => {
    if (flushing !== undefined || (waiters.length === 0 && !notesAreDue)) return;
    flushing = flush(takeWaiting()).then(() => {
      flushing = undefined;
      if (waiters.length > 0 || notesAreDue) setImmediate(begin);
    });
  };

  const takeWaiting = (): readonly [Waiter[], JournalOp[]] => {
    const waiting = [waiters, notes] as const;
    waiters = [];
    notes = [];
    notesAreDue = false;
    cancelNotes?.();
    cancelNotes = undefined;
    return waiting;
  };

  const flush = async ([batch, ops]: readonly [Waiter[], JournalOp[]]): Promise<void> => {
    const collected = failure === undefined ? collectAll(batch, ops) : batch;
    if (failure === undefined && ops.length > 0) failure = await failureOf(write(ops));
    for (const { resolve, reject } of collected) {
      if (failure === undefined) resolve();
      else reject(failure);
    }
  };

  return {
    commit: (collect) =>
      new Promise((resolve, reject) => {
        const refusal = failure ?? closed;
        if (refusal !== undefined) return reject(refusal);
        const first = waiters.push({ collect, resolve, reject }) === 1;
        if (first && flushing === undefined) setImmediate(begin);
      }),
    note: (op) => {
      checkOp(op);
      if ((failure ?? closed) !== undefined) return;
      notes.push(op);
      cancelNotes ??= clock.schedule(longestNoteMs, () => {
        notesAreDue = true;
        begin();
      });
    },
    close: async () => {
      closed = new ConnectorError('JOURNAL_CLOSED', 'The journal is closed');
      do {
        await flushing;
        notesAreDue = notes.length > 0;
        begin();
      } while (flushing !== undefined);
    },
  };
}

async function failureOf(writing: Promise<void>): Promise<ConnectorError | undefined> {
  try {
    await writing;
    return undefined;
  } catch (cause) {
    return new ConnectorError('JOURNAL_FAILED', 'The journal could not be written', { cause });
  }
}

/** Adds what the collectors hand over to `ops`; a collector that fails fails alone. */
function collectAll(batch: readonly Waiter[], ops: JournalOp[]): Waiter[] {
  return batch.filter(({ collect, reject }) => {
    try {
      const collected = collect();
      collected.forEach(checkOp);
      for (const op of collected) ops.push(op);
      return true;
    } catch (error) {
      reject(error);
      return false;
    }
  });
}
