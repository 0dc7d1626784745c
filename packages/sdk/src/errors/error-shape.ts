import type { Problem } from '@bpmn-connectors/bpmn';
import type { ConfigurationError } from './configuration-error.ts';
import type { ConnectorError } from './connector-error.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Whether it has the shape of a `ConnectorError`, whichever copy of this package made it. */
export const isConnectorError = (error: unknown): error is ConnectorError =>
  error instanceof Error &&
  isRecord(error) &&
  typeof error['code'] === 'string' &&
  typeof error['retryable'] === 'boolean';

/** Whether it has the shape of a `ConfigurationError`, whichever copy of this package made it. */
export const isConfigurationError = (error: unknown): error is ConfigurationError =>
  isConnectorError(error) && Array.isArray((error as { problems?: readonly Problem[] }).problems);
