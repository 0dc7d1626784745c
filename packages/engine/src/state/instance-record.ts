import type { JsonObject } from '@bpmn-connectors/sdk';
import {
  addElement,
  type Definition,
  type ElementInstance,
  type ElementState,
  type Incident,
  ProcessInstance,
} from './process-instance.ts';
import { localVariables, setLocal } from './variables.ts';

/** Where running instances are kept, by their key. */
export const instanceNamespace = 'engine.instance';

interface ElementRecord {
  readonly key: string;
  readonly element: string;
  /** Key of the scope; absent: the root. */
  readonly parent?: string;
  readonly state: ElementState;
  readonly variables?: JsonObject;
  readonly joins?: readonly (readonly [gateway: string, flows: readonly [string, number][]])[];
  readonly job?: {
    readonly key: string;
    readonly type: string;
    readonly retries: number;
    readonly due: number;
  };
  readonly subscriptions?: readonly (readonly [element: string, name: string, key: string])[];
  readonly incident?: Incident;
}

interface InstanceRecord {
  readonly definition: string;
  readonly startedAt: number;
  readonly startKey?: string;
  readonly root: Pick<ElementRecord, 'state' | 'variables' | 'joins' | 'incident'>;
  readonly elements: readonly ElementRecord[];
}

/** Writes an instance whole. Nothing that can be derived is in it: no index, no queue, no compiled graph. */
export function writeInstance(instance: ProcessInstance): string {
  const record: InstanceRecord = {
    definition: instance.definition.key,
    startedAt: instance.startedAt,
    ...(instance.startKey === undefined ? {} : { startKey: instance.startKey }),
    root: { state: instance.root.state, ...scopeRecord(instance.root) },
    elements: Array.from(instance.elements.values(), elementRecord),
  };
  return JSON.stringify(record);
}

function scopeRecord(
  scope: ElementInstance,
): Pick<ElementRecord, 'variables' | 'joins' | 'incident'> {
  return {
    ...(scope.variables === undefined ? {} : { variables: localVariables(scope) }),
    ...(scope.joins === undefined || scope.joins.size === 0
      ? {}
      : { joins: Array.from(scope.joins, ([gateway, flows]) => [gateway, [...flows]] as const) }),
    ...(scope.incident === undefined ? {} : { incident: scope.incident }),
  };
}

function elementRecord(element: ElementInstance): ElementRecord {
  const { key, node, parent, state, job, subscriptions } = element;
  return {
    key,
    element: node.id,
    ...(parent === undefined || parent.parent === undefined ? {} : { parent: parent.key }),
    state,
    ...scopeRecord(element),
    ...(job === undefined
      ? {}
      : { job: { key: job.key, type: job.type, retries: job.retries, due: job.due } }),
    ...(subscriptions === undefined
      ? {}
      : {
          subscriptions: subscriptions.map(
            (at) => [at.node.id, at.name, at.correlationKey] as const,
          ),
        }),
  };
}

/**
 * Makes an instance of its record: the tree of elements, not yet in any index.
 * @throws {Error} the record names a definition or element that is not there.
 */
export function readInstance(
  key: string,
  text: string,
  definitions: ReadonlyMap<string, Definition>,
): ProcessInstance {
  const record: InstanceRecord = JSON.parse(text);
  const definition = definitions.get(record.definition);
  if (definition === undefined) {
    throw new Error(
      `instance ${key} belongs to definition ${record.definition}, which is not stored`,
    );
  }
  const instance = new ProcessInstance({
    key,
    definition,
    startedAt: record.startedAt,
    startKey: record.startKey,
  });
  instance.stored = true;
  instance.root.state = record.root.state;
  readScope(instance.root, record.root);
  for (const element of record.elements) readElement(instance, element);
  return instance;
}

function readElement(instance: ProcessInstance, record: ElementRecord): void {
  const { nodes } = instance.definition.process;
  const nodeOf = (id: string) => {
    const node = nodes.get(id);
    if (node === undefined)
      throw new Error(`instance ${instance.key} is at ${id}, which is not in its model`);
    return node;
  };
  const scope = record.parent === undefined ? instance.root : instance.elements.get(record.parent);
  if (scope === undefined)
    throw new Error(`instance ${instance.key} has no scope ${record.parent}`);
  const element = addElement(scope, nodeOf(record.element), record.key, record.state);
  readScope(element, record);
  if (record.job !== undefined) element.job = { ...record.job, queued: false };
  element.subscriptions = record.subscriptions?.map(([node, name, correlationKey]) => ({
    element,
    node: nodeOf(node),
    name,
    correlationKey,
  }));
}

function readScope(
  scope: ElementInstance,
  { variables, joins, incident }: Pick<ElementRecord, 'variables' | 'joins' | 'incident'>,
): void {
  if (variables !== undefined) setLocal(scope, variables);
  if (joins !== undefined) {
    scope.joins = new Map(joins.map(([gateway, flows]) => [gateway, new Map(flows)]));
  }
  if (incident === undefined) return;
  scope.incident = incident;
  scope.instance.incidents += 1;
}
