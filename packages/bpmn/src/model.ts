import type { MessageDefinition } from './event-definition.ts';
import type { InboundElement } from './inbound-element.ts';
import type { JobElement } from './job-element.ts';
import type { Problem } from './problem.ts';
import type { ProcessDefinition } from './process-definition.ts';

/** A BPMN file as plain data. */
export interface Model {
  /** The executable processes. */
  readonly processes: readonly ProcessDefinition[];
  readonly inboundElements: readonly InboundElement[];
  readonly jobElements: readonly JobElement[];
  readonly messages: readonly MessageDefinition[];
  /** What is wrong with the file itself. A model with problems is not to be deployed. */
  readonly problems: readonly Problem[];
}
