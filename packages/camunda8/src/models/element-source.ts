import type { Health, SnapshotSource } from '@bpmn-connectors/sdk';

/** Tells which inbound elements there are, by looking again and again. */
export interface ElementSource extends SnapshotSource {
  /** Resolves when everything was read once: until then the snapshot says nothing. */
  readonly loaded: Promise<void>;
  /** Looks again and again until `signal` aborts. */
  watch(signal: AbortSignal): Promise<void>;
  /** Input mappings of an element as written, where the model of that version is known. */
  inputsOf(
    processDefinitionKey: string,
    elementId: string,
  ): Readonly<Record<string, string>> | undefined;
  /** Down until everything was read once; degraded while the last look failed. */
  health(): Health;
}
