export { bind, compileBinding, findInputProblems, type InputProblem } from './binding/bind.ts';
export type { Claim, Claims } from './claims/claims.ts';
export { type Clock, systemClock } from './clock/clock.ts';
export { ConfigurationError } from './errors/configuration-error.ts';
export { ConnectorError, type ConnectorErrorOptions } from './errors/connector-error.ts';
export { isConfigurationError, isConnectorError } from './errors/error-shape.ts';
export {
  type FieldMetadata,
  field,
  fieldMetadata,
  innerSchema,
  secret,
} from './fields/field-metadata.ts';
export type { HttpAnswer } from './http/http-answer.ts';
export type { HttpReceiver } from './http/http-receiver.ts';
export type { BodyLimits, BodyRead, HttpRequest } from './http/http-request.ts';
export { type ProblemDocument, problemAnswer } from './http/problem-document.ts';
export {
  defineInbound,
  type InboundDeclaration,
  type TypedInboundDefinition,
} from './inbound/define-inbound.ts';
export { type InboundImplementation, implementInbound } from './inbound/implement-inbound.ts';
export type {
  ActivatedElement,
  ElementField,
  EndpointDescription,
  InboundConnector,
  InboundContext,
  InboundDefinition,
  InboundEvent,
  InboundOutcome,
  InboundPhase,
  NotActivated,
  PreparedEndpoint,
  RawDelivery,
  Refusal,
  Unprocessable,
} from './inbound/inbound-connector.ts';
export { type PollOptions, poll } from './inbound/poll.ts';
export type { SubscriptionContext, SubscriptionEvent } from './inbound/subscription.ts';
export { type Verdict, verdictOf } from './inbound/verdict-of.ts';
export type {
  Journal,
  JournalEntry,
  JournalOp,
  JournalValue,
  ScanOptions,
} from './journal/journal.ts';
export type { JsonObject, JsonValue } from './json/json-value.ts';
export { defaultJsonLimits, type JsonLimits, parseJson } from './json/parse-json.ts';
export { type Logger, silentLogger } from './logger/logger.ts';
export { defineOutbound, type OutboundDeclaration } from './outbound/define-outbound.ts';
export { implement } from './outbound/implement.ts';
export type {
  OutboundConnector,
  OutboundContext,
  OutboundDefinition,
} from './outbound/outbound-connector.ts';
export type {
  IncidentQuery,
  IncidentView,
  InstanceQuery,
  InstanceState,
  InstanceView,
  Page,
} from './process-runtime/administration.ts';
export type {
  Command,
  CorrelateCommand,
  PublishCommand,
  StartCommand,
} from './process-runtime/command.ts';
export type {
  DeployedInboundElement,
  InboundSnapshot,
} from './process-runtime/deployed-inbound-element.ts';
export type { Job } from './process-runtime/job.ts';
export type { CompleteJob, FailJob, JobResult, ThrowError } from './process-runtime/job-result.ts';
export type {
  Accepted,
  Correlated,
  Duplicate,
  NoSubscription,
  Outcome,
  Rejected,
  Started,
  Unavailable,
} from './process-runtime/outcome.ts';
export type {
  Administration,
  Deployer,
  Deployment,
  Health,
  InboundSource,
  InboundTarget,
  JobSource,
  ProcessRuntime,
  Resource,
} from './process-runtime/process-runtime.ts';
export { type SnapshotSource, tellSnapshots } from './process-runtime/tell-snapshots.ts';
export type { ExtendJob, JobHandler, Worker, WorkerOptions } from './process-runtime/worker.ts';
export { createMask } from './secrets/create-mask.ts';
export { environmentSecrets } from './secrets/environment-secrets.ts';
export type { SecretProvider } from './secrets/secret-provider.ts';
export { replaceSecretReferences, secretReferences } from './secrets/secret-references.ts';
export { readTraceContext } from './telemetry/read-trace-context.ts';
export type {
  DeliveryStart,
  DeliverySummary,
  JobStart,
  JobSummary,
  Span,
  Telemetry,
} from './telemetry/telemetry.ts';
export type { TraceContext } from './telemetry/trace-context.ts';
export { type TracedEvent, traceEvent } from './telemetry/trace-event.ts';
export { traceIdOf } from './telemetry/trace-id-of.ts';
export type {
  TemplateElement,
  TemplateGroup,
  TemplateMetadata,
} from './template/template-metadata.ts';
export { parseDuration } from './time/parse-duration.ts';
