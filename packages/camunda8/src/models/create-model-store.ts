import { createHash } from 'node:crypto';
import type { InboundSnapshot, Journal, Logger, SnapshotSource } from '@bpmn-connectors/sdk';
import { knowProcesses } from './know-processes.ts';
import type { KnownProcess } from './known-process.ts';
import { type ModelRecord, modelNamespace, readModelRecord } from './model-record.ts';

/** The models that were deployed from here: what the cluster does not tell about them. */
export interface ModelStore extends SnapshotSource {
  /** Resolves when those of earlier runs are read. */
  readonly loaded: Promise<void>;
  /** Resolves when they are durable. */
  add(models: readonly ModelRecord[]): Promise<void>;
  inputsOf(
    processDefinitionKey: string,
    elementId: string,
  ): Readonly<Record<string, string>> | undefined;
}

const keyOf = ({ content, tenantId = '' }: ModelRecord): string =>
  createHash('sha256').update(`${tenantId}\0${content}`).digest('hex');

async function* storedModels(journal: Journal): AsyncGenerator<ModelRecord> {
  let after: string | undefined;
  for (;;) {
    const page = await journal.scan(modelNamespace, after === undefined ? {} : { after });
    for (const { value } of page) {
      yield readModelRecord(typeof value === 'string' ? value : new TextDecoder().decode(value));
    }
    after = page.at(-1)?.key;
    if (after === undefined) return;
  }
}

/**
 * Remembers models over restarts in the journal; without one, until the end of the process. Of each process
 * the latest version is served; older ones are remembered for the jobs of their instances.
 */
export function createModelStore(journal: Journal | undefined, logger: Logger): ModelStore {
  const known = new Map<string, KnownProcess>();
  const latest = new Map<string, KnownProcess>();
  const listeners = new Set<() => void>();
  let revision = 0;

  const remember = async (record: ModelRecord): Promise<void> => {
    for (const process of await knowProcesses(record)) {
      known.set(process.processDefinitionKey, process);
      const id = `${record.tenantId ?? ''}\0${process.processId}`;
      if (process.version >= (latest.get(id)?.version ?? 0)) latest.set(id, process);
    }
    revision += 1;
  };

  const load = async (): Promise<void> => {
    if (journal === undefined) return;
    for await (const record of storedModels(journal)) {
      await remember(record).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : 'unknown';
        logger.error({ model: record.name, reason }, 'A deployed model cannot be read any more');
      });
    }
  };

  const loaded = load();
  // Whoever waits for it is told; until somebody does, it is no reason to end the process.
  loaded.catch(() => undefined);

  return {
    loaded,
    add: async (models) => {
      await journal?.commit(() =>
        models.map((record) => ({
          namespace: modelNamespace,
          key: keyOf(record),
          value: JSON.stringify(record),
        })),
      );
      for (const record of models) await remember(record);
      for (const tell of listeners) tell();
    },
    inputsOf: (processDefinitionKey, elementId) =>
      known.get(processDefinitionKey)?.inputs.get(elementId),
    snapshot: (): InboundSnapshot => ({
      revision,
      elements: [...latest.values()].flatMap(({ inboundElements }) => inboundElements),
    }),
    onChange: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}
