export { eventBridgeInboundDefinition } from './event-bridge-inbound-definition.ts';
