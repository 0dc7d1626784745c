import type { HttpReceiver } from '@bpmn-connectors/sdk';
import { assessHealth } from './assess-health.ts';
import { jsonAnswer } from './json-answer.ts';
import type { ManagementOptions } from './management-options.ts';
import { problem } from './problem.ts';

/**
 * Answers `/live` and `/ready` for load balancers: to anybody, and with no more than the status. Mount it
 * at `/health` of the port that webhooks are on.
 */
export function createHealth(
  options: Pick<ManagementOptions, 'processRuntime' | 'connectorRuntime'>,
): HttpReceiver {
  const answer = async (path: string) => {
    if (path === '/live') return jsonAnswer({ status: 'up' });
    if (path !== '/ready') return problem('NOT_FOUND');
    const { status } = await assessHealth(options);
    return jsonAnswer({ status }, status === 'down' ? 503 : 200);
  };
  return {
    handle: async ({ method, path }) => {
      if (method !== 'GET' && method !== 'HEAD')
        return problem('METHOD_NOT_ALLOWED', { headers: { allow: 'GET' } });
      try {
        return await answer(path);
      } catch {
        return jsonAnswer({ status: 'down' }, 503);
      }
    },
  };
}
