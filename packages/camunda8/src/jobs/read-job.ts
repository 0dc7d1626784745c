import { type Job, type JsonObject, type JsonValue, parseJson } from '@bpmn-connectors/sdk';
import type { ActivatedJob } from '../gateway/messages.ts';

/** Variables of a process are its own, not a stranger's; what bounds them is the cluster's message size. */
const limits = { depth: 1000, keys: 1_000_000, keysPerObject: 1_000_000, keyLength: 1_000_000 };

/** The tenant of clusters without tenants. */
const noTenant = new Set(['', '<default>']);

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readObject(bytes: Uint8Array): JsonObject {
  if (bytes.length === 0) return {};
  const value = parseJson(bytes, limits);
  return isObject(value) ? value : {};
}

const readTexts = (bytes: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(readObject(bytes)).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/**
 * A job as workers get it. Whole numbers that a double would change are texts of the same digits.
 * @param deadline epoch milliseconds by our own clock.
 * @throws {ConnectorError} as `parseJson`.
 */
export function readJob(
  activated: ActivatedJob,
  deadline: number,
  inputs: Readonly<Record<string, string>> | undefined,
): Job {
  const { key, type, processId, processInstanceKey, elementId, elementInstanceKey } = activated;
  const { retries, customHeaders, variables, tenantId } = activated;
  return {
    key,
    type,
    processId,
    processInstanceKey,
    elementId,
    elementInstanceKey,
    retries,
    deadline,
    variables: readObject(variables),
    customHeaders: readTexts(customHeaders),
    ...(noTenant.has(tenantId) ? {} : { tenantId }),
    ...(inputs === undefined ? {} : { inputs }),
  };
}
