import type { Journal } from '@bpmn-connectors/sdk';
import { type CompiledResource, compileResource } from '../deployments/compile-resource.ts';
import {
  definitionNamespace,
  readDefinition,
  readResource,
  resourceNamespace,
} from '../deployments/resource-records.ts';
import type { Kernel } from '../kernel.ts';
import { keepMessage } from '../messages/keep-message.ts';
import { messageNamespace, readMessage } from '../messages/message-store.ts';
import { type EndedSummary, endedNamespace, readEnded } from './ended-instances.ts';
import { instanceNamespace, readInstance } from './instance-record.ts';
import type { ElementInstance, ProcessInstance } from './process-instance.ts';
import { scanAll } from './scan-all.ts';

/**
 * Brings back what the journal holds, and rebuilds every index from it. Steps that were under way are
 * queued again, open jobs offered again, and what fell due in the meantime happens at once.
 * @throws {Error} a record does not fit the others.
 */
export async function loadKernel(kernel: Kernel, journal: Journal): Promise<void> {
  await loadDefinitions(kernel, journal);
  for await (const [key, text] of scanAll(journal, messageNamespace)) {
    kernel.keys.seen(key);
    keepMessage(kernel, readMessage(key, text), text.length);
  }
  const elements: ElementInstance[] = [];
  for await (const [key, text] of scanAll(journal, instanceNamespace)) {
    const instance = readInstance(key, text, kernel.definitions.byKey);
    addInstance(kernel, instance);
    elements.push(instance.root, ...instance.elements.values());
  }
  // Whoever has waited longest comes first, as before, in whatever order the instances are read.
  for (const element of elements.toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    addElement(kernel, element);
  const ended: (readonly [string, EndedSummary])[] = [];
  for await (const [key, text] of scanAll(journal, endedNamespace)) {
    const { processId, state, endedAt } = readEnded(text);
    kernel.keys.seen(key);
    ended.push([key, { processId, state, endedAt }]);
  }
  kernel.ended.restore(ended);
}

async function loadDefinitions(kernel: Kernel, journal: Journal): Promise<void> {
  const resources = new Map<string, CompiledResource>();
  for await (const [key, text] of scanAll(journal, resourceNamespace)) {
    kernel.keys.seen(key);
    resources.set(key, await compileResource(readResource(text), kernel.clock));
  }
  for await (const [key, text] of scanAll(journal, definitionNamespace)) {
    const { processId, version, resource } = readDefinition(text);
    const compiled = resources.get(resource);
    const process = compiled?.processes.find(({ id }) => id === processId);
    const [problem] = compiled?.problems ?? [];
    if (compiled === undefined || process === undefined || problem !== undefined) {
      const reason =
        problem === undefined ? 'it is not stored' : `${problem.where}: ${problem.reason}`;
      throw new Error(`version ${version} of process ${processId} cannot be restored: ${reason}`);
    }
    const { contentHash } = compiled;
    const resourceName = compiled.resource.name;
    kernel.keys.seen(key);
    const known = { key, processId, version, resourceName, contentHash, process };
    kernel.definitions.add({ ...known, liveInstances: 0 });
  }
}

function addInstance(kernel: Kernel, instance: ProcessInstance): void {
  const { definition, startKey } = instance;
  kernel.keys.seen(instance.key);
  kernel.instances.set(instance.key, instance);
  kernel.definitions.entered(definition);
  if (startKey !== undefined) kernel.startLocks.take(definition.processId, startKey);
}

function addElement(kernel: Kernel, element: ElementInstance): void {
  kernel.keys.seen(element.key);
  if (element.job !== undefined) kernel.keys.seen(element.job.key);
  for (const subscription of element.subscriptions ?? []) kernel.subscriptions.add(subscription);
  if (element.incident !== undefined) {
    kernel.keys.seen(element.incident.key);
    kernel.incidents.set(element.incident.key, element);
  } else if (element.state !== 'active') {
    kernel.steps.push(element);
  } else {
    kernel.jobs.offer(element);
  }
}
