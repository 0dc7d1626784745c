import type { Job } from '@bpmn-connectors/sdk';
import type { ActivatedJob } from '../gateway/messages.ts';
import { readVariables } from '../variables/read-variables.ts';

/** The tenant of clusters without tenants. */
const noTenant = new Set(['', '<default>']);

const readTexts = (bytes: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(readVariables(bytes)).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/**
 * A job as workers get it.
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
    variables: readVariables(variables),
    customHeaders: readTexts(customHeaders),
    ...(noTenant.has(tenantId) ? {} : { tenantId }),
    ...(inputs === undefined ? {} : { inputs }),
  };
}
