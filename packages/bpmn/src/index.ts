export type { EventDefinition, MessageDefinition } from './event-definition.ts';
export type {
  CalledElement,
  EngineTask,
  FlowElement,
  IoMapping,
  LoopCharacteristics,
  SequenceFlow,
  TaskDefinition,
} from './flow-element.ts';
export type { InboundElement, InboundElementType, InboundMessage } from './inbound-element.ts';
export type { JobElement } from './job-element.ts';
export type { Model } from './model.ts';
export { ModelError } from './model-error.ts';
export type { Problem } from './problem.ts';
export { type Location, problemLocation } from './problem-location.ts';
export type { ProcessDefinition } from './process-definition.ts';
export { type ReadModelOptions, readModel } from './read-model.ts';
