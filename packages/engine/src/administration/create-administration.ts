import type {
  Administration,
  IncidentQuery,
  IncidentView,
  InstanceQuery,
  InstanceView,
  Page,
} from '@bpmn-connectors/sdk';
import type { StepRunner } from '../interpreter/run-steps.ts';
import type { Kernel } from '../kernel.ts';
import { pageOf } from './page-of.ts';
import { resolveIncident } from './resolve-incident.ts';
import { stateOf, viewInstance } from './view-instance.ts';

/** What operators may see and do. What they are shown is durable, as all that is told is. */
export function createAdministration(kernel: Kernel, runner: StepRunner): Administration {
  return {
    instances: async (query) => whenDurable(kernel, await listInstances(kernel, query)),
    instance: async (key) => whenDurable(kernel, await viewInstance(kernel, key)),
    incidents: (query) => whenDurable(kernel, listIncidents(kernel, query)),
    resolveIncident: (key) => resolveIncident(kernel, runner, key),
  };
}

/** Memory is ahead of the disk: a crash would take back what somebody saw. Costs no write of its own. */
async function whenDurable<View>({ committer }: Kernel, view: View): Promise<View> {
  await committer.durable();
  return view;
}

async function listInstances(kernel: Kernel, query: InstanceQuery): Promise<Page<InstanceView>> {
  const { items, cursor } = pageOf(matchingKeys(kernel, query), query);
  const views = await Promise.all(items.map((key) => viewInstance(kernel, key)));
  return { items: views.filter((view) => view !== undefined), cursor };
}

function* matchingKeys(
  { instances, ended }: Kernel,
  { processId, state }: InstanceQuery,
): Generator<string> {
  const matches = (process: string, current: string): boolean =>
    (processId === undefined || processId === process) &&
    (state === undefined || state === current);
  for (const instance of instances.values()) {
    if (matches(instance.definition.processId, stateOf(instance))) yield instance.key;
  }
  for (const [key, summary] of ended.summaries()) {
    if (matches(summary.processId, summary.state)) yield key;
  }
}

function listIncidents(kernel: Kernel, query: IncidentQuery): Page<IncidentView> {
  const keys: string[] = [];
  for (const [key, { instance }] of kernel.incidents) {
    if (query.instanceKey === undefined || query.instanceKey === instance.key) keys.push(key);
  }
  const { items, cursor } = pageOf(keys, query);
  return { items: items.flatMap((key) => viewIncident(kernel, key)), cursor };
}

function viewIncident(kernel: Kernel, key: string): IncidentView[] {
  const element = kernel.incidents.get(key);
  if (element?.incident === undefined) return [];
  const { code, message, createdAt } = element.incident;
  return [
    {
      key,
      instanceKey: element.instance.key,
      processId: element.instance.definition.processId,
      elementId: element.node.id,
      code,
      message,
      createdAt: new Date(createdAt).toISOString(),
    },
  ];
}
