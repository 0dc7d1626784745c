import type { DeployedInboundElement, InboundSnapshot } from '@bpmn-connectors/sdk';
import type { Node } from '../compile/compiled-process.ts';
import { getOrAdd } from '../state/get-or-add.ts';
import type { Definition } from '../state/process-instance.ts';

/** A message start event of the latest version of a process. */
interface MessageStartOf {
  readonly definition: Definition;
  readonly node: Node;
}

/** Deployed versions of processes. */
export interface Definitions {
  readonly byKey: ReadonlyMap<string, Definition>;
  add(definition: Definition): void;
  latest(processId: string): Definition | undefined;
  version(processId: string, version: number): Definition | undefined;
  /** Message start events of that name, of latest versions only. */
  messageStarts(name: string): readonly MessageStartOf[];
  /** An instance of a version was started, or restored. */
  entered(definition: Definition): void;
  /** An instance of a version ended. */
  left(definition: Definition): void;
  snapshot(): InboundSnapshot;
  /** Calls back when the snapshot changed; the returned function ends that. */
  onChange(changed: () => void): () => void;
}

/**
 * Start events count in the latest version only; catch events of an older one as long as an instance of
 * it lives.
 */
export function createDefinitions(): Definitions {
  const byKey = new Map<string, Definition>();
  const versions = new Map<string, Definition[]>();
  const starts = new Map<string, Map<string, MessageStartOf>>();
  const listeners = new Set<() => void>();
  let revision = 0;

  const latest = (processId: string): Definition | undefined => versions.get(processId)?.at(-1);
  const changed = (): void => {
    revision += 1;
    for (const tell of listeners) tell();
  };
  const changedWith = (definition: Definition): void => {
    if (latest(definition.processId) !== definition) changed();
  };

  return {
    byKey,
    latest,
    version: (processId, version) =>
      versions.get(processId)?.find((definition) => definition.version === version),
    add: (definition) => {
      const { processId } = definition;
      for (const { name } of latest(processId)?.process.messageStarts ?? []) {
        starts.get(name)?.delete(processId);
      }
      byKey.set(definition.key, definition);
      getOrAdd(versions, processId, (): Definition[] => []).push(definition);
      for (const { name, node } of definition.process.messageStarts) {
        const make = () => new Map<string, MessageStartOf>();
        getOrAdd(starts, name, make).set(processId, { definition, node });
      }
      changed();
    },
    messageStarts: (name) => [...(starts.get(name)?.values() ?? [])],
    entered: (definition) => {
      definition.liveInstances += 1;
      if (definition.liveInstances === 1) changedWith(definition);
    },
    left: (definition) => {
      definition.liveInstances -= 1;
      if (definition.liveInstances === 0) changedWith(definition);
    },
    snapshot: () => ({ revision, elements: [...versions.values()].flatMap(inboundElements) }),
    onChange: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}

function inboundElements(versions: readonly Definition[]): readonly DeployedInboundElement[] {
  const latest = versions.at(-1);
  return versions
    .filter((definition) => definition === latest || definition.liveInstances > 0)
    .flatMap((definition) =>
      definition.process.inboundElements
        .filter(
          ({ elementType }) =>
            definition === latest ||
            (elementType !== 'startEvent' && elementType !== 'messageStartEvent'),
        )
        .map((element) => ({
          ...element,
          version: definition.version,
          processDefinitionKey: definition.key,
        })),
    );
}
