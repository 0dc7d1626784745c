export { createHealth } from './create-health.ts';
export { createManagement } from './create-management.ts';
export type {
  DeployedProcess,
  ManagedConnectorRuntime,
  ManagementOptions,
  ServedTemplates,
} from './management-options.ts';
export { createMetrics, type Metrics, type MetricsOptions } from './metrics/create-metrics.ts';
export { loopbackAuthorities } from './security/loopback-authorities.ts';
