import type { FlowElement, SequenceFlow } from './flow-element.ts';

/** An executable process of a model, flat: every element names the scope it stands in. */
export interface ProcessDefinition {
  readonly id: string;
  readonly name?: string;
  readonly versionTag?: string;
  readonly elements: readonly FlowElement[];
  readonly flows: readonly SequenceFlow[];
  /** Names of all `zeebe:` extensions of the process itself. */
  readonly extensions: readonly string[];
}
