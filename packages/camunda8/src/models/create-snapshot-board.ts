import type { DeployedInboundElement, InboundSnapshot, SnapshotSource } from '@bpmn-connectors/sdk';

/** Where what was found is told. */
export interface SnapshotBoard extends SnapshotSource {
  /** Resolves with the first that is published. */
  readonly loaded: Promise<void>;
  /** Tells these from now on. */
  publish(elements: readonly DeployedInboundElement[]): void;
}

/** Makes an empty one. */
export function createSnapshotBoard(): SnapshotBoard {
  const listeners = new Set<() => void>();
  let snapshot: InboundSnapshot = { revision: 0, elements: [] };
  let finishLoading = (): void => {};
  const loaded = new Promise<void>((resolve) => {
    finishLoading = resolve;
  });
  return {
    loaded,
    publish: (elements) => {
      snapshot = { revision: snapshot.revision + 1, elements };
      for (const tell of listeners) tell();
      finishLoading();
    },
    snapshot: () => snapshot,
    onChange: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}
