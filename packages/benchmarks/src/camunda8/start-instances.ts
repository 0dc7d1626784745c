import type { Camunda8 } from '@bpmn-connectors/camunda8';
import type { Command } from '@bpmn-connectors/sdk';

const command: Command = {
  kind: 'start',
  processId: 'notify',
  elementId: 'Start_1',
  variables: { customerId: '12345', orderTotal: 100.5 },
};

/** Commands on their way at the same time. */
const lanes = 32;

/**
 * Starts so many instances; where the cluster pushes back it asks again. Resolves to their keys.
 * @throws {Error} the cluster refuses.
 */
export async function startInstances(
  camunda8: Camunda8,
  count: number,
): Promise<readonly string[]> {
  const keys: string[] = [];
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const outcome = await camunda8.send(command);
      if (outcome.status === 'started') keys.push(outcome.processInstanceKey);
      else if (outcome.status === 'unavailable' && outcome.code === 'BACKPRESSURE') left += 1;
      else throw new Error(`An instance could not be started: ${JSON.stringify(outcome)}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return keys;
}
