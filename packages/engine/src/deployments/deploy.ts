import type { Problem } from '@bpmn-connectors/bpmn';
import { ConfigurationError, type Deployment, type Resource } from '@bpmn-connectors/sdk';
import type { CompiledProcess } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import type { Definition } from '../state/process-instance.ts';
import { type CompiledResource, compileResource } from './compile-resource.ts';
import {
  type DefinitionRecord,
  definitionNamespace,
  type ResourceRecord,
  resourceNamespace,
} from './resource-records.ts';

/**
 * Deploys files: all or none. A process whose latest version came from the same content keeps it. One
 * deployment at a time: the caller sees to that.
 * @throws {ConfigurationError} `CONFIGURATION` with all problems of all files.
 */
export async function deploy(
  kernel: Kernel,
  resources: readonly Resource[],
): Promise<readonly Deployment[]> {
  const compiled = await Promise.all(
    resources.map((resource) => compileResource(resource, kernel.clock)),
  );
  const problems = [...compiled.flatMap((each) => each.problems), ...findTwins(compiled)];
  if (problems.length > 0) throw new ConfigurationError(problems);
  const added: Definition[] = [];
  const deployed = compiled.flatMap((resource) => deployResource(kernel, resource, added));
  if (added.length > 0) await kernel.committer.durable();
  for (const definition of added) kernel.definitions.add(definition);
  return deployed.map(({ processId, version, key, resourceName }) => ({
    processId,
    version,
    processDefinitionKey: key,
    resourceName,
  }));
}

function deployResource(
  kernel: Kernel,
  { resource, contentHash, processes }: CompiledResource,
  added: Definition[],
): readonly Definition[] {
  const isNew = ({ id }: CompiledProcess): boolean =>
    kernel.definitions.latest(id)?.contentHash !== contentHash;
  const resourceKey = processes.some(isNew) ? storeResource(kernel, resource) : '';
  return processes.flatMap((process) => {
    const latest = kernel.definitions.latest(process.id);
    if (latest !== undefined && latest.contentHash === contentHash) return [latest];
    const definition: Definition = {
      key: kernel.keys.next(),
      processId: process.id,
      version: (latest?.version ?? 0) + 1,
      resourceName: resource.name,
      contentHash,
      process,
      liveInstances: 0,
    };
    const { processId, version } = definition;
    const record: DefinitionRecord = { processId, version, resource: resourceKey };
    kernel.committer.put(definitionNamespace, definition.key, JSON.stringify(record));
    added.push(definition);
    return [definition];
  });
}

function storeResource(kernel: Kernel, { name, content }: Resource): string {
  const key = kernel.keys.next();
  const record: ResourceRecord = { name, content };
  kernel.committer.put(resourceNamespace, key, JSON.stringify(record));
  return key;
}

/** Two processes of one id in one deployment would be versions of each other by the order of the files. */
function findTwins(compiled: readonly CompiledResource[]): readonly Problem[] {
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { resource, processes } of compiled) {
    for (const { id } of processes) {
      const other = files.get(id);
      if (other !== undefined) {
        const reason = `${other} has a process of this id too`;
        const where = `${resource.name} / process ${id}`;
        problems.push({ where, reason, fix: 'Give each process an id of its own' });
      }
      files.set(id, resource.name);
    }
  }
  return problems;
}
