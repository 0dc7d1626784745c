import { ConnectorError } from '../errors/connector-error.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { InboundEvent, RawDelivery } from './inbound-connector.ts';

/**
 * Reads what `writeDelivery` wrote.
 * @throws {ConnectorError} `DELIVERY_UNREADABLE` something else wrote it.
 */
export function readDelivery(raw: RawDelivery): InboundEvent {
  const { messageId } = raw.envelope;
  const id = typeof messageId === 'string' ? { messageId } : {};
  return { scope: variablesOf(raw.body), ...id, raw };
}

function variablesOf(body: Uint8Array): JsonObject {
  try {
    const variables: JsonObject = JSON.parse(new TextDecoder().decode(body));
    return variables;
  } catch {
    throw new ConnectorError('DELIVERY_UNREADABLE', 'The stored event cannot be read');
  }
}
