import type { Health } from '@bpmn-connectors/sdk';
import type { Gateway } from './gateway/gateway.ts';
import type { PartitionState } from './gateway/messages.ts';

/** Milliseconds; whoever asks for readiness does not wait long. */
const timeoutMs = 3000;

const isLed = ({ role, health }: PartitionState): boolean =>
  role === 'LEADER' && health === 'HEALTHY';

/** Up while every partition has a healthy leader; down when there is none, or nobody answers. */
export async function checkHealth(gateway: Gateway): Promise<Health> {
  let partitions: readonly PartitionState[];
  try {
    partitions = await gateway.topology({ timeoutMs });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return { status: 'down', reason: `the cluster cannot be reached: ${reason}` };
  }
  const all = new Set(partitions.map(({ partitionId }) => partitionId));
  const led = new Set(partitions.filter(isLed).map(({ partitionId }) => partitionId));
  if (led.size === 0) return { status: 'down', reason: 'no partition has a healthy leader' };
  if (led.size === all.size) return { status: 'up' };
  const without = [...all].filter((id) => !led.has(id)).join(', ');
  return { status: 'degraded', reason: `partitions without a healthy leader: ${without}` };
}
