export { type ManualClock, manualClock } from './clock/manual-clock.ts';
export type { ContractJob, ContractMessage, ContractProcess } from './contract/contract-process.ts';
export type { ContractCase, ContractSubject } from './contract/contract-subject.ts';
export { processRuntimeContract } from './contract/process-runtime-contract.ts';
export { type InboundTest, type TestInboundOptions, testInbound } from './harness/test-inbound.ts';
export {
  type OutboundTest,
  type TestOutboundOptions,
  testOutbound,
} from './harness/test-outbound.ts';
export type { AwsCall } from './local-event-bridge/answer-aws-request.ts';
export type {
  ApiDestinationOptions,
  ConnectionAuthorization,
  ConnectionOptions,
  ConnectionView,
} from './local-event-bridge/connection.ts';
export type { DeadLetter, DeliveryAttempt } from './local-event-bridge/create-deliverer.ts';
export type { EventEnvelope } from './local-event-bridge/event-envelope.ts';
export type { EventBridgeAction, PutEventsFault } from './local-event-bridge/put-events-fault.ts';
export type { RuleOptions } from './local-event-bridge/registry.ts';
export type { RetryPolicy } from './local-event-bridge/retry-policy.ts';
export {
  type LocalEventBridge,
  type LocalEventBridgeOptions,
  startLocalEventBridge,
} from './local-event-bridge/start-local-event-bridge.ts';
export {
  type SignatureScheme,
  type Signed,
  signRequest,
  type UnsignedRequest,
} from './signers/index.ts';
