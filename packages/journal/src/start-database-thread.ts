import { Worker } from 'node:worker_threads';
import type { JournalOp } from '@bpmn-connectors/sdk';
import { askWorker } from './ask-worker.ts';
import { errorOfRecord } from './error-of-record.ts';
import { existingFile } from './existing-file.ts';
import { flattenOps } from './flatten-ops.ts';
import { refusedError } from './refused-error.ts';
import type { Found, Read } from './thread-protocol.ts';

/** The database of a journal on a thread of its own. What is asked for is done in that order. */
export interface DatabaseThread {
  /** Answers all of them at once; an error in the place of one that failed. */
  readonly read: (reads: readonly Read[]) => Promise<readonly (Found | Error)[]>;
  /** Resolves when all of them are durable; rejects when none is, and when the thread has ended. */
  readonly write: (ops: readonly JournalOp[]) => Promise<void>;
  /** Closes the database, which gives up the lock, and ends the thread unless that has ended before. */
  readonly close: () => Promise<void>;
}

/**
 * A Worker of Node 20 cannot load TypeScript, so that it is the built file whether this one runs from `src`
 * or from `dist`.
 */
const builtWorker = new URL('../dist/journal-worker.js', import.meta.url);

/**
 * Starts the thread and opens the database. The thread keeps the process alive only while an answer is due.
 * @throws {ConfigurationError} the database cannot be opened, or the file of the thread is missing.
 */
export async function startDatabaseThread(
  folder: string,
  file: URL = builtWorker,
): Promise<DatabaseThread> {
  // The program's own flags, such as loaders, would only slow down the start of the thread.
  const worker = new Worker(existingFile(file), { workerData: folder, execArgv: [] });
  const { ask, opened, isAlive, waitForEnd } = askWorker(worker);
  const { refusal } = await opened;
  if (refusal !== undefined) throw refusedError(folder, refusal);
  return {
    read: async (reads) => {
      const { found = [] } = await ask({ kind: 'read', reads });
      return found.map((one) => ('message' in one ? errorOfRecord(one) : one));
    },
    write: async (ops) => {
      const { error } = await ask({ kind: 'write', ops: flattenOps(ops) });
      if (error !== undefined) throw errorOfRecord(error);
    },
    close: async () => {
      if (!isAlive()) return;
      const { error } = await ask({ kind: 'close' });
      await waitForEnd();
      if (error !== undefined) throw errorOfRecord(error);
    },
  };
}
