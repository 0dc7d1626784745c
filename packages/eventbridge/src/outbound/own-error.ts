import { ConnectorError, type ConnectorErrorOptions } from '@bpmn-connectors/sdk';
import { type EventBridgeCode, eventBridgeCodes } from './event-bridge-codes.ts';

/** What may be said beside the table's words. */
export interface OwnErrorOptions extends Omit<ConnectorErrorOptions, 'retryable'> {
  /** The field it is about, or what was not found. */
  readonly where?: string;
}

/** The error of one of the connector's own codes, worded by the table. */
export function ownError(
  code: EventBridgeCode,
  { where, ...options }: OwnErrorOptions = {},
): ConnectorError {
  const { meaning, retryable } = eventBridgeCodes[code];
  const text = where === undefined ? meaning : `${where}: ${meaning}`;
  return new ConnectorError(code, text, { ...options, retryable });
}
