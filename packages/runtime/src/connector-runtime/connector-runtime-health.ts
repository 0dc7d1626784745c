import type { Health } from '@bpmn-connectors/sdk';
import type { Inbound } from '../inbound/inbound.ts';

/** Down until what is deployed is active and from draining on; degraded while elements are not served. */
export function connectorRuntimeHealth(inbound: Inbound, trouble: string | undefined): Health {
  if (inbound.phase === 'activating') return { status: 'down', reason: 'not yet activated' };
  if (inbound.phase === 'draining') return { status: 'down', reason: 'shutting down' };
  if (trouble !== undefined) return { status: 'degraded', reason: trouble };
  const idle = inbound.endpoints().filter(({ state }) => state !== 'active');
  if (idle.length === 0) return { status: 'up' };
  const ids = idle.map(({ processId, elementId, state }) => `${processId}/${elementId} ${state}`);
  return { status: 'degraded', reason: `elements not served: ${ids.join(', ')}` };
}
