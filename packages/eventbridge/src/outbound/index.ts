export type { BusVerdict } from './ask-for-bus.ts';
export { eventBridge } from './event-bridge.ts';
export {
  type EventBridgeCode,
  type EventBridgeCodeInfo,
  eventBridgeCodes,
} from './event-bridge-codes.ts';
export { type EventBridgeInput, eventBridgeDefinition } from './event-bridge-definition.ts';
export type {
  CoalesceOptions,
  EventBridgeOptions,
  RateLimitOptions,
} from './event-bridge-options.ts';
export {
  type EventBridgePlace,
  type EventBridgeReport,
  examineEventBridge,
} from './examine-event-bridge.ts';
export type { TargetInput } from './resolve-target.ts';
