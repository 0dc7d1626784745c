import type { Health } from '@bpmn-connectors/sdk';
import type { Gateway } from './gateway/gateway.ts';
import type { PartitionState } from './gateway/messages.ts';

/** Milliseconds; whoever asks for readiness does not wait long. */
const timeoutMs = 3000;

const isLed = ({ role, health }: PartitionState): boolean =>
  role === 'LEADER' && health === 'HEALTHY';

/** Up while every partition has a healthy leader; down when there is none. */
export function healthOf(partitions: readonly PartitionState[]): Health {
  const all = new Set(partitions.map(({ partitionId }) => partitionId));
  const led = new Set(partitions.filter(isLed).map(({ partitionId }) => partitionId));
  if (led.size === 0) return { status: 'down', reason: 'no partition has a healthy leader' };
  if (led.size === all.size) return { status: 'up' };
  const without = [...all].filter((id) => !led.has(id)).join(', ');
  return { status: 'degraded', reason: `partitions without a healthy leader: ${without}` };
}

async function checkPartitions(gateway: Gateway): Promise<Health> {
  try {
    return healthOf((await gateway.topology({ timeoutMs })).partitions);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return { status: 'down', reason: `the cluster cannot be reached: ${reason}` };
  }
}

const gravity: Readonly<Record<Health['status'], number>> = { up: 0, degraded: 1, down: 2 };

/**
 * Up while every partition has a healthy leader; down when there is none, or nobody answers.
 * @param elements health of what tells the inbound elements, where that is the cluster; the worse counts.
 */
export async function checkHealth(
  gateway: Gateway,
  elements: Health = { status: 'up' },
): Promise<Health> {
  const partitions = await checkPartitions(gateway);
  return gravity[elements.status] > gravity[partitions.status] ? elements : partitions;
}
