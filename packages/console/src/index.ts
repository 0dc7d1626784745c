export { createHealth } from './create-health.ts';
export { createManagement } from './create-management.ts';
export type {
  DeliveryQuery,
  DeployedProcess,
  ListQuery,
  ManagedConnectorRuntime,
  ManagementOptions,
} from './management-options.ts';
export { createMetrics, type Metrics } from './metrics/create-metrics.ts';
export { loopbackAuthorities } from './security/loopback-authorities.ts';
export type { DeadLetterDetail, DeadLetterView } from './views/dead-letter-view.ts';
export type { EndpointView } from './views/endpoint-view.ts';
