import type { JsonObject, TraceContext } from '@bpmn-connectors/sdk';
import type { Node } from '../compile/compiled-process.ts';
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
  readonly trigger?: JsonObject;
  readonly incident?: Incident;
}

/** What the root has like any other scope. */
type ScopeRecord = Pick<ElementRecord, 'variables' | 'joins' | 'subscriptions' | 'incident'>;

interface InstanceRecord {
  readonly definition: string;
  readonly startedAt: number;
  readonly startKey?: string;
  readonly trace?: TraceContext;
  readonly root: ScopeRecord & Pick<ElementRecord, 'state'>;
  readonly elements: readonly ElementRecord[];
}

/** Writes an instance whole. Nothing that can be derived is in it: no index, no queue, no compiled graph. */
export function writeInstance(instance: ProcessInstance): string {
  const record: InstanceRecord = {
    definition: instance.definition.key,
    startedAt: instance.startedAt,
    ...(instance.startKey === undefined ? {} : { startKey: instance.startKey }),
    ...(instance.trace === undefined ? {} : { trace: instance.trace }),
    root: { state: instance.root.state, ...scopeRecord(instance.root) },
    elements: Array.from(instance.elements.values(), elementRecord),
  };
  return JSON.stringify(record);
}

function scopeRecord(scope: ElementInstance): ScopeRecord {
  return {
    ...(scope.variables === undefined ? {} : { variables: localVariables(scope) }),
    ...(scope.joins === undefined || scope.joins.size === 0
      ? {}
      : { joins: Array.from(scope.joins, ([gateway, flows]) => [gateway, [...flows]] as const) }),
    ...(scope.subscriptions === undefined
      ? {}
      : {
          subscriptions: scope.subscriptions.map(
            ({ node, name, correlationKey }) => [node.id, name, correlationKey] as const,
          ),
        }),
    ...(scope.incident === undefined ? {} : { incident: scope.incident }),
  };
}

function elementRecord(element: ElementInstance): ElementRecord {
  const { key, node, parent, state, job, trigger } = element;
  return {
    key,
    element: node.id,
    ...(parent === undefined || parent.parent === undefined ? {} : { parent: parent.key }),
    state,
    ...scopeRecord(element),
    ...(job === undefined
      ? {}
      : { job: { key: job.key, type: job.type, retries: job.retries, due: job.due } }),
    ...(trigger === undefined ? {} : { trigger }),
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
  instance.trace = record.trace;
  instance.root.state = record.root.state;
  readScope(instance.root, record.root);
  for (const element of record.elements) readElement(instance, element);
  return instance;
}

function readElement(instance: ProcessInstance, record: ElementRecord): void {
  const scope = record.parent === undefined ? instance.root : instance.elements.get(record.parent);
  if (scope === undefined)
    throw new Error(`instance ${instance.key} has no scope ${record.parent}`);
  const element = addElement(scope, nodeOf(instance, record.element), record.key, record.state);
  readScope(element, record);
  if (record.job !== undefined) element.job = { ...record.job, queued: false };
  element.trigger = record.trigger;
}

function nodeOf({ key, definition }: ProcessInstance, id: string): Node {
  const node = definition.process.nodes.get(id);
  if (node === undefined) throw new Error(`instance ${key} is at ${id}, which is not in its model`);
  return node;
}

function readScope(
  scope: ElementInstance,
  { variables, joins, subscriptions, incident }: ScopeRecord,
): void {
  if (variables !== undefined) setLocal(scope, variables);
  if (joins !== undefined) {
    scope.joins = new Map(joins.map(([gateway, flows]) => [gateway, new Map(flows)]));
  }
  scope.subscriptions = subscriptions?.map(([node, name, correlationKey]) => ({
    element: scope,
    node: nodeOf(scope.instance, node),
    name,
    correlationKey,
  }));
  if (incident === undefined) return;
  scope.incident = incident;
  scope.instance.incidents += 1;
}
