import type { InboundSnapshot, Logger } from '@bpmn-connectors/sdk';
import type { Definitions } from './definitions.ts';

/** Calls back with every new snapshot, one call at a time; changes in between are joined into one. */
export async function watchInbound(
  definitions: Definitions,
  onSnapshot: (snapshot: InboundSnapshot) => Promise<void>,
  signal: AbortSignal,
  logger: Logger,
): Promise<void> {
  let wake = (): void => {};
  const stop = definitions.onChange(() => wake());
  const aborted = (): void => wake();
  signal.addEventListener('abort', aborted);
  let seen = -1;
  while (!signal.aborted) {
    const snapshot = definitions.snapshot();
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
