import { type Clock, ConnectorError, type JournalOp } from '@bpmn-connectors/sdk';
import { checkOp } from './check-op.ts';

/** Joins the writes of a turn of the event loop into one transaction. */
export interface GroupCommit {
  readonly commit: (collect: () => readonly JournalOp[]) => Promise<void>;
  readonly note: (op: JournalOp) => void;
  /** Writes what waits; everything asked for later is refused. */
  close(): void;
}

interface Waiter {
  readonly collect: () => readonly JournalOp[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** How long a note waits for a commit to ride along with. */
const longestNoteMs = 100;

/**
 * The first commit of a turn schedules a flush for the turn's end; notes wait for a flush. A flush is
 * synchronous from the first collector to the COMMIT, so that there is never more than one, and what a
 * collector asks for belongs to the next.
 * @param write writes all of them or throws.
 */
export function createGroupCommit(
  write: (ops: readonly JournalOp[]) => void,
  clock: Clock,
): GroupCommit {
  let waiters: Waiter[] = [];
  let notes: JournalOp[] = [];
  let cancelNotes: (() => void) | undefined;
  let refusal: ConnectorError | undefined;

  const flush = (): void => {
    const batch = waiters;
    const ops = notes;
    waiters = [];
    notes = [];
    cancelNotes?.();
    cancelNotes = undefined;
    const collected = refusal === undefined ? collectAll(batch, ops) : batch;
    refusal ??= writeAll(ops);
    for (const { resolve, reject } of collected) {
      if (refusal === undefined) resolve();
      else reject(refusal);
    }
  };

  /** Memory may be ahead of the disk from the first failure on, so that it is the last write. */
  const writeAll = (ops: readonly JournalOp[]): ConnectorError | undefined => {
    try {
      if (ops.length > 0) write(ops);
      return undefined;
    } catch (cause) {
      return new ConnectorError('JOURNAL_FAILED', 'The journal could not be written', { cause });
    }
  };

  return {
    commit: (collect) =>
      new Promise((resolve, reject) => {
        if (refusal !== undefined) return reject(refusal);
        if (waiters.push({ collect, resolve, reject }) === 1) setImmediate(flush);
      }),
    note: (op) => {
      checkOp(op);
      if (refusal !== undefined) return;
      notes.push(op);
      cancelNotes ??= clock.schedule(longestNoteMs, flush);
    },
    close: () => {
      flush();
      refusal ??= new ConnectorError('JOURNAL_CLOSED', 'The journal is closed');
    },
  };
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
