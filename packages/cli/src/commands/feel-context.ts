import { ConnectorError, type JsonObject, parseJson } from '@bpmn-connectors/sdk';

const unlimited = Number.POSITIVE_INFINITY;

/** Who calls the command brings the data along: as deep and wide as it may be. */
const limits = {
  depth: unlimited,
  keys: unlimited,
  keysPerObject: unlimited,
  keyLength: unlimited,
};

/**
 * Reads a JSON object. Whole numbers beyond 2^53 become texts with the same digits.
 * @throws {ConnectorError} `JSON_MALFORMED` | `JSON_FORBIDDEN_KEY` | `FEEL_CONTEXT` where it is no object
 */
export function parseFeelContext(bytes: Uint8Array): JsonObject {
  const value = parseJson(bytes, limits);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ConnectorError('FEEL_CONTEXT', 'The JSON is no object');
}
