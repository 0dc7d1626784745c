import type { WorkerOptions } from '@bpmn-connectors/sdk';
import type { StreamJobsRequest } from '../gateway/messages.ts';
import type { WorkerContext } from './worker-context.ts';

/** What a worker asks the cluster for, by whichever way. */
export const requestOf = (
  { workerName, tenantId }: WorkerContext,
  { type, timeoutMs, fetchVariables }: WorkerOptions,
): StreamJobsRequest => ({
  type,
  worker: workerName,
  timeout: timeoutMs,
  fetchVariable: fetchVariables ?? [],
  tenantIds: tenantId === undefined ? [] : [tenantId],
});
