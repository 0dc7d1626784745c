export { type BrazeEvent, BrazeEventSchema } from './braze-event.ts';
export { type CleverTapEvent, CleverTapEventSchema } from './clever-tap-event.ts';
export { type CloudEvent, CloudEventSchema } from './cloud-event.ts';
export {
  type EventBridgeEvent,
  EventBridgeEventSchema,
  eventBridgeEvent,
} from './event-bridge-event.ts';
export { payloadSchemaOf } from './payload-schema-of.ts';
export {
  type SalesforceAppFlowEvent,
  SalesforceAppFlowEventSchema,
  type SalesforceRelayEvent,
  SalesforceRelayEventSchema,
} from './salesforce-event.ts';
