import { type JsonObject, parseJson } from '@bpmn-connectors/sdk';

/** Variables of a process are its own, not a stranger's; what bounds them is the cluster's message size. */
const limits = { depth: 1000, keys: 1_000_000, keysPerObject: 1_000_000, keyLength: 1_000_000 };

/**
 * Variables as the gateway tells them, JSON in UTF-8; none where it tells nothing, or no object. Whole numbers
 * that a double would change are texts of the same digits.
 * @throws {ConnectorError} as `parseJson`.
 */
export function readVariables(bytes: Uint8Array): JsonObject {
  if (bytes.length === 0) return {};
  const value = parseJson(bytes, limits);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
