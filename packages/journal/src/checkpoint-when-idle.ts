import type { Database } from './open-database.ts';

const idleMs = 1000;

/**
 * Brings the database file up to date once nothing has been written for a second, so that the WAL starts
 * over and the next burst is not interrupted.
 * @returns to be called after each write.
 */
export function checkpointWhenIdle(database: Database): () => void {
  let timer: NodeJS.Timeout | undefined;
  const checkpoint = (): void => {
    try {
      database.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // All of it is in the WAL still, and the next checkpoint begins anew.
    }
  };
  return () => {
    if (timer === undefined) timer = setTimeout(checkpoint, idleMs).unref();
    else timer.refresh();
  };
}
