import type { JsonObject, JsonValue, TraceContext } from '@bpmn-connectors/sdk';
import type { CompiledProcess, Node } from '../compile/compiled-process.ts';
import type { Subscription } from '../messages/subscriptions.ts';

/** A deployed version of a process. */
export interface Definition {
  readonly key: string;
  readonly processId: string;
  readonly version: number;
  readonly resourceName: string;
  /** SHA-256 of the resource's content: deploying the same again gives this version. */
  readonly contentHash: string;
  readonly process: CompiledProcess;
  /** Instances of this version that have not ended. */
  liveInstances: number;
}

/** Why an element stopped, until a person resolves it. */
export interface Incident {
  readonly key: string;
  readonly code: string;
  readonly message: string;
  readonly createdAt: number;
}

/** The job of an element. */
export interface JobState {
  readonly key: string;
  readonly type: string;
  retries: number;
  /** Epoch milliseconds before which it is not handed out (back-off). */
  due: number;
  /** Whether it stands in the queue of its type. */
  queued: boolean;
}

/**
 * Where an element is in its life. `entering` and `completing` are steps to be run: what the queue holds
 * can always be told from the elements, so that it needs no record of its own and an incident remembers
 * its step by keeping the state.
 */
export type ElementState = 'entering' | 'active' | 'completing';

/** A token at an element, and the scope of variables there. The root stands for the process. */
export interface ElementInstance {
  readonly key: string;
  readonly instance: ProcessInstance;
  readonly node: Node;
  /** The scope it is in; undefined for the root. */
  readonly parent: ElementInstance | undefined;
  state: ElementState;
  /** Set once it has left: steps, messages and job results for it then vanish. */
  gone: boolean;
  variables: Map<string, JsonValue> | undefined;
  children: Set<ElementInstance> | undefined;
  /** Tokens waiting at parallel joins in this scope: gateway → flow → count. */
  joins: Map<string, Map<string, number>> | undefined;
  subscriptions: Subscription[] | undefined;
  job: JobState | undefined;
  /** Event sub-process: variables of the event that started it, until its start event takes them. */
  trigger: JsonObject | undefined;
  incident: Incident | undefined;
}

/** What an instance begins with. */
export interface InstanceFields {
  readonly key: string;
  readonly definition: Definition;
  readonly startedAt: number;
  /** Correlation key of the message that started it: one live instance per key and process. */
  readonly startKey: string | undefined;
}

/** A running process. Made with nothing but its root scope. */
export class ProcessInstance {
  readonly key: string;
  readonly definition: Definition;
  readonly startedAt: number;
  readonly startKey: string | undefined;
  readonly root: ElementInstance;
  /** All live elements but the root, by their key, in the order in which they were entered. */
  readonly elements = new Map<string, ElementInstance>();
  /** Of the last event that it took. */
  trace: TraceContext | undefined = undefined;
  incidents = 0;
  stepsSinceInput = 0;
  ended = false;
  /** Whether the journal holds a record of it. */
  stored = false;
  /** Told when it has ended and that is durable. */
  onEnd: Set<() => void> | undefined = undefined;

  constructor({ key, definition, startedAt, startKey }: InstanceFields) {
    this.key = key;
    this.definition = definition;
    this.startedAt = startedAt;
    this.startKey = startKey;
    this.root = newElement(this, definition.process.root, undefined, key, 'active');
  }
}

/** Puts a token at an element of a scope. */
export function addElement(
  scope: ElementInstance,
  node: Node,
  key: string,
  state: ElementState,
): ElementInstance {
  const element = newElement(scope.instance, node, scope, key, state);
  scope.children ??= new Set();
  scope.children.add(element);
  scope.instance.elements.set(key, element);
  return element;
}

/** Takes an element out of its scope. Its job, subscriptions and children are the caller's to end. */
export function removeElement(element: ElementInstance): void {
  element.gone = true;
  element.parent?.children?.delete(element);
  element.instance.elements.delete(element.key);
}

/**
 * Whether an interrupting event sub-process has taken a scope over: nothing else can start or be caught
 * in it any more.
 */
export function isInterrupted({ children }: ElementInstance): boolean {
  for (const { node } of children ?? []) {
    if (node.kind === 'eventSubProcess' && node.start?.interrupting === true) return true;
  }
  return false;
}

/** Whether no token is left in a scope. */
export const isEmpty = (scope: ElementInstance): boolean =>
  (scope.children === undefined || scope.children.size === 0) &&
  (scope.joins === undefined || scope.joins.size === 0);

function newElement(
  instance: ProcessInstance,
  node: Node,
  parent: ElementInstance | undefined,
  key: string,
  state: ElementState,
): ElementInstance {
  return {
    key,
    instance,
    node,
    parent,
    state,
    gone: false,
    variables: undefined,
    children: undefined,
    joins: undefined,
    subscriptions: undefined,
    job: undefined,
    trigger: undefined,
    incident: undefined,
  };
}
