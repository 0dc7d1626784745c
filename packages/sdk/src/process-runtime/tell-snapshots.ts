import type { Logger } from '../logger/logger.ts';
import type { InboundSnapshot } from './deployed-inbound-element.ts';

/** Something that knows what is deployed, and when that changes. */
export interface SnapshotSource {
  /** All that is deployed now. */
  snapshot(): InboundSnapshot;
  /** Calls back when the snapshot changed; the returned function ends that. */
  onChange(changed: () => void): () => void;
}

/**
 * What `watchInbound` promises, for process runtimes that hold what is deployed in memory: calls back with
 * every new snapshot, one call at a time; changes in between are joined into one. Resolves when `signal`
 * aborts.
 */
export async function tellSnapshots(
  source: SnapshotSource,
  onSnapshot: (snapshot: InboundSnapshot) => Promise<void>,
  signal: AbortSignal,
  logger: Logger,
): Promise<void> {
  let wake = (): void => {};
  const stop = source.onChange(() => wake());
  const aborted = (): void => wake();
  signal.addEventListener('abort', aborted);
  let seen = -1;
  while (!signal.aborted) {
    const snapshot = source.snapshot();
    if (snapshot.revision === seen) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    seen = snapshot.revision;
    try {
      await onSnapshot(snapshot);
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      logger.error({ revision: seen, name }, 'A watcher of inbound elements failed');
    }
  }
  signal.removeEventListener('abort', aborted);
  stop();
}
