import { randomUUID } from 'node:crypto';
import { createCamunda8 } from '@bpmn-connectors/camunda8';
import type { JsonObject } from '@bpmn-connectors/sdk';
import { type Drive, startByHand } from './drive-model.ts';
import { openStack } from './open-stack.ts';

/** What came of it. */
export interface DrivenOnCluster {
  /** As they were at the end of the process. */
  readonly variables: JsonObject;
  /** Details of the events on the bus. */
  readonly sent: readonly unknown[];
}

/** The same process, of an id and with messages of its own, with a job at each end that tells of it. */
function observed(model: string, run: string): string {
  const job = `<bpmn:extensionElements><zeebe:taskDefinition type="ended-${run}" /></bpmn:extensionElements>`;
  return model
    .replaceAll('"Process"', `"Process-${run}"`)
    .replaceAll(/(<bpmn:message id="[^"]*" name=")([^"]*)"/g, `$1$2-${run}"`)
    .replaceAll(
      /<bpmn:endEvent id="(\w+)"(?: \/>|>(.*?)<\/bpmn:endEvent>)/gs,
      (_, id: string, content: string | undefined) =>
        `<bpmn:endEvent id="${id}">${job}${content ?? ''}<bpmn:messageEventDefinition id="${id}_told" /></bpmn:endEvent>`,
    );
}

/** Deploys a model on a cluster, behind a real webhook and before a bus, and sends it through. */
export async function driveOnCluster(
  grpcAddress: string,
  model: string,
  drive: Drive,
): Promise<DrivenOnCluster> {
  const run = randomUUID();
  const stack = await openStack((journal) =>
    createCamunda8({ grpcAddress, journal, pollIntervalMs: 20 }),
  );
  const { processRuntime } = stack;
  try {
    await processRuntime.deploy([{ name: `${run}.bpmn`, content: observed(model, run) }]);
    await stack.start();
    const ended = new Promise<JsonObject>((resolve) => {
      const options = { type: `ended-${run}`, maxActive: 1, timeoutMs: 10_000 };
      processRuntime.work(options, async ({ variables }) => {
        resolve(variables);
        return { action: 'complete' };
      });
    });
    if (drive.startsByHand)
      await processRuntime.send({ ...startByHand, processId: `Process-${run}` });
    if (drive.webhookId !== undefined) await stack.post(drive.webhookId);
    return { variables: await ended, sent: stack.sent() };
  } finally {
    await stack.close();
  }
}
