export type { ClaimOptions } from './claims/claim-options.ts';
export { createJournalClaims } from './claims/create-journal-claims.ts';
export { createMemoryClaims, type MemoryClaimOptions } from './claims/create-memory-claims.ts';
export { rememberedOutcome } from './claims/remembered-outcome.ts';
export {
  type ConnectorRuntime,
  type ConnectorRuntimeOptions,
  createConnectorRuntime,
} from './connector-runtime/create-connector-runtime.ts';
export type { DeadLetterLimits } from './dead-letters/create-dead-letter-box.ts';
export type {
  DeadLetterDetail,
  DeadLetterQuery,
  DeadLetters,
  DeadLetterView,
  DeliveryStepView,
  ReplayResult,
} from './dead-letters/dead-letters.ts';
export type { DeliveryQuery } from './deliveries/create-delivery-log.ts';
export type { RefusalView } from './deliveries/create-refusal-log.ts';
export type { EndpointState, EndpointView } from './endpoints/endpoint-view.ts';
export { createInbound } from './inbound/create-inbound.ts';
export type { Inbound, UpdateReport } from './inbound/inbound.ts';
export type { InboundOptions } from './inbound/inbound-options.ts';
export {
  createOutbound,
  type Outbound,
  type OutboundOptions,
  type WorkerSpec,
} from './outbound/create-outbound.ts';
export type { JobLease } from './outbound/grant-time.ts';
export { combineTelemetry } from './telemetry/combine-telemetry.ts';
