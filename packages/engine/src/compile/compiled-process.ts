import type { InboundElement } from '@bpmn-connectors/bpmn';
import type { CompiledExpression } from '@bpmn-connectors/feel';
import type { ValueSource } from './value-source.ts';

/** What an element does when a token reaches it. */
export type NodeKind =
  | 'process'
  | 'subProcess'
  | 'eventSubProcess'
  | 'start'
  | 'eventStart'
  | 'pass'
  | 'job'
  | 'catch'
  | 'exclusive'
  | 'parallel'
  | 'boundary'
  | 'end'
  | 'errorEnd'
  | 'terminateEnd';

/** An input or output mapping; dots in the target became a path. */
export interface Mapping {
  readonly path: readonly [root: string, ...rest: string[]];
  readonly source: ValueSource;
}

/** What the job of an element is made from. */
interface JobTemplate {
  readonly type: ValueSource;
  readonly retries: ValueSource;
  readonly headers: Readonly<Record<string, string>>;
  /** Input mappings as written. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** The message an element waits for. */
export interface MessageTemplate {
  readonly name: ValueSource;
  readonly correlationKey?: ValueSource;
}

/** A sequence flow that can be taken. */
export interface Flow {
  readonly id: string;
  readonly target: Node;
  readonly condition?: CompiledExpression;
}

/** A compiled element. Built once, then never changed. */
export interface Node {
  readonly id: string;
  readonly kind: NodeKind;
  readonly outgoing: readonly Flow[];
  /** Ids of the flows that enter: what a parallel join waits for. */
  readonly incoming: readonly string[];
  readonly defaultFlow?: Flow;
  readonly boundaries: readonly Node[];
  /** Process or sub-process: the start events of the event sub-processes in it. */
  readonly eventStarts: readonly Node[];
  readonly interrupting: boolean;
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  readonly job?: JobTemplate;
  readonly message?: MessageTemplate;
  /** Error boundary, start or end event; without a code it catches everything. */
  readonly error?: { readonly code?: string };
  /** Sub-process of either kind: where it begins. */
  readonly start?: Node;
  /** Start event of an event sub-process: that sub-process. */
  readonly eventSubProcess?: Node;
}

/** A message start event with its name already known. */
export interface MessageStart {
  readonly name: string;
  readonly node: Node;
}

/** A process ready to run. */
export interface CompiledProcess {
  readonly id: string;
  readonly root: Node;
  /** Every node but the root. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly noneStart?: Node;
  readonly messageStarts: readonly MessageStart[];
  readonly inboundElements: readonly InboundElement[];
}
