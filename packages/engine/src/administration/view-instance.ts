import type { InstanceView } from '@bpmn-connectors/sdk';
import type { Kernel } from '../kernel.ts';
import type { ProcessInstance } from '../state/process-instance.ts';
import { localVariables } from '../state/variables.ts';

/** An instance as operators see it, running or ended. */
export async function viewInstance(kernel: Kernel, key: string): Promise<InstanceView | undefined> {
  const instance = kernel.instances.get(key);
  if (instance !== undefined) return viewRunning(instance);
  if (!kernel.ended.summaries().has(key)) return undefined;
  // What ended in this turn is not in the journal before the turn's commit.
  await kernel.committer.durable();
  const record = await kernel.ended.read(key);
  if (record === undefined) return undefined;
  const { startedAt, endedAt, ...fields } = record;
  return { key, ...fields, startedAt: iso(startedAt), endedAt: iso(endedAt), elements: [] };
}

function viewRunning(instance: ProcessInstance): InstanceView {
  const { definition } = instance;
  return {
    key: instance.key,
    processId: definition.processId,
    version: definition.version,
    state: stateOf(instance),
    variables: localVariables(instance.root),
    startedAt: iso(instance.startedAt),
    elements: Array.from(instance.elements.values(), ({ node, incident }) => ({
      elementId: node.id,
      state: incident === undefined ? 'active' : 'incident',
    })),
  };
}

/** `incident` as long as one of its elements has one. */
export const stateOf = (instance: ProcessInstance): 'active' | 'incident' =>
  instance.incidents > 0 ? 'incident' : 'active';

const iso = (at: number): string => new Date(at).toISOString();
