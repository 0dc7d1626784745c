import { createEngine } from '@bpmn-connectors/engine';
import type { InstanceView } from '@bpmn-connectors/sdk';
import { eventually } from '../call.ts';
import { openStack } from './open-stack.ts';

/** How a process is driven to its end. */
export interface Drive {
  /** Started by hand first: what starts it is not the template. */
  readonly startsByHand: boolean;
  /** An event is posted there; undefined: none is waited for. */
  readonly webhookId: string | undefined;
}

/** What came of it. */
export interface Driven {
  readonly instance: InstanceView;
  /** Details of the events on the bus. */
  readonly sent: readonly unknown[];
}

/** Starts the process of a base model at its plain start. */
export const startByHand = {
  kind: 'start',
  processId: 'Process',
  elementId: 'Begin',
  variables: { orderId: 'A1' },
} as const;

/** Deploys a model on the embedded engine, behind a real webhook and before a bus, and sends it through. */
export async function driveModel(content: string, drive: Drive): Promise<Driven> {
  const stack = await openStack((journal) => createEngine({ journal }));
  const { processRuntime } = stack;
  try {
    await processRuntime.deploy([{ name: 'model.bpmn', content }]);
    await stack.start();
    if (drive.startsByHand) await processRuntime.send(startByHand);
    if (drive.webhookId !== undefined) await stack.post(drive.webhookId);
    const instance = await eventually(
      async () => (await processRuntime.instances({})).items[0],
      (one) => one?.state === 'completed' || one?.state === 'incident',
    );
    if (instance === undefined) throw new Error('there is no instance');
    return { instance, sent: stack.sent() };
  } finally {
    await stack.close();
  }
}
