import { readFile } from 'node:fs/promises';
import type { Camunda8 } from '@bpmn-connectors/camunda8';

const model = new URL('../../models/put-events.bpmn', import.meta.url);

/** Deploys the process of the jobs' rows; the cluster keeps one version of it. */
export async function deployNotify(camunda8: Camunda8): Promise<void> {
  await camunda8.deploy([{ name: 'put-events.bpmn', content: await readFile(model, 'utf8') }]);
}
