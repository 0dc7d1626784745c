import type { EventDefinition, MessageDefinition } from './event-definition.ts';

/** An input or output mapping as written: `source` is FEEL when it begins with `=`, else text. */
export interface IoMapping {
  readonly source: string;
  /** Variable name; dots nest. */
  readonly target: string;
}

/** `zeebe:taskDefinition` as written. Either may be an expression. */
export interface TaskDefinition {
  readonly type: string;
  /** @default '3', as in Zeebe */
  readonly retries: string;
}

/** How often an activity is repeated. */
export type LoopCharacteristics =
  | { readonly kind: 'standard' }
  | {
      readonly kind: 'multiInstance';
      readonly sequential: boolean;
      readonly inputCollection?: string;
      readonly inputElement?: string;
      readonly outputCollection?: string;
      readonly outputElement?: string;
      readonly completionCondition?: string;
      /** `bpmn:loopCardinality`, which Zeebe does not know. */
      readonly cardinality?: string;
    };

/** `zeebe:calledElement`. */
export interface CalledElement {
  readonly processId: string;
  readonly propagateAllChildVariables: boolean;
  readonly propagateAllParentVariables: boolean;
  /** `latest`, `deployment` or `versionTag`. */
  readonly bindingType: string;
  readonly versionTag?: string;
}

/** `zeebe:script` or `zeebe:calledDecision`: work the engine does itself. */
export interface EngineTask {
  readonly kind: 'script' | 'decision';
  /** The expression, or the id of the decision. */
  readonly source: string;
  readonly resultVariable: string;
}

/** A node of a process: an event, an activity or a gateway. */
export interface FlowElement {
  readonly id: string;
  readonly name?: string;
  /** BPMN's name, first letter small: `startEvent`, `serviceTask`, `exclusiveGateway`, `subProcess`. */
  readonly type: string;
  /** The process or sub-process it stands in. */
  readonly scopeId: string;
  /** Ids of sequence flows, in the order of the model. */
  readonly incoming: readonly string[];
  /** Ids of sequence flows, in the order of the model. */
  readonly outgoing: readonly string[];
  /** The flow taken when no condition is met. */
  readonly defaultFlow?: string;
  readonly eventDefinitions: readonly EventDefinition[];
  /** Boundary event: the activity it is attached to. */
  readonly attachedTo?: string;
  /** Boundary event or start event of an event sub-process: whether it interrupts. @default true */
  readonly interrupting: boolean;
  /** A sub-process started by an event. */
  readonly triggeredByEvent: boolean;
  /** Receive task: the message it waits for. */
  readonly message?: MessageDefinition;
  readonly task?: TaskDefinition;
  readonly engineTask?: EngineTask;
  readonly calledElement?: CalledElement;
  readonly loop?: LoopCharacteristics;
  readonly inputs: readonly IoMapping[];
  readonly outputs: readonly IoMapping[];
  /** `zeebe:taskHeaders`: key → value as written. */
  readonly headers: Readonly<Record<string, string>>;
  /** `zeebe:properties`; of duplicate names the first wins. */
  readonly properties: Readonly<Record<string, string>>;
  /** Names of all `zeebe:` extensions it carries: an engine refuses those it does not know. */
  readonly extensions: readonly string[];
}

/** A sequence flow between two elements of the same scope. */
export interface SequenceFlow {
  readonly id: string;
  readonly name?: string;
  readonly scopeId: string;
  readonly source: string;
  readonly target: string;
  /** FEEL as written. */
  readonly condition?: string;
}
