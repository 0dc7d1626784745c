import type { JobResult } from '@bpmn-connectors/sdk';

/** Whether a worker, which need not be written in TypeScript, gave what the engine can act on. */
export function isJobResult(result: unknown): result is JobResult {
  if (typeof result !== 'object' || result === null || !('action' in result)) return false;
  const { action } = result;
  if (action === 'complete') return true;
  if (action === 'throwError') return 'errorCode' in result && typeof result.errorCode === 'string';
  return action === 'fail' && isFailure(result);
}

function isFailure(result: object): boolean {
  const backoff = 'retryBackoffMs' in result ? (result.retryBackoffMs ?? 0) : 0;
  return (
    'errorMessage' in result &&
    typeof result.errorMessage === 'string' &&
    'retries' in result &&
    Number.isFinite(result.retries) &&
    Number.isFinite(backoff)
  );
}
