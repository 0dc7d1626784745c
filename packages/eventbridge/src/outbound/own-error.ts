import { ConnectorError, type ConnectorErrorOptions } from '@bpmn-connectors/sdk';
import { type EventBridgeCode, eventBridgeCodes } from './event-bridge-codes.ts';

/** The error of one of the connector's own codes, worded by the table. */
export function ownError(
  code: EventBridgeCode,
  options: Omit<ConnectorErrorOptions, 'retryable'> = {},
): ConnectorError {
  const { meaning, retryable } = eventBridgeCodes[code];
  return new ConnectorError(code, meaning, { ...options, retryable });
}
