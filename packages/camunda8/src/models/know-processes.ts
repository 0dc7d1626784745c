import { readModel } from '@bpmn-connectors/bpmn';
import type { KnownProcess } from './known-process.ts';
import type { ModelRecord } from './model-record.ts';

/** Reads a deployed model. */
export async function knowProcesses(record: ModelRecord): Promise<readonly KnownProcess[]> {
  const { name, content, processes, tenantId } = record;
  const { inboundElements, jobElements } = await readModel(content, { name });
  const tenant = tenantId === undefined ? {} : { tenantId };
  return processes.map(({ processId, version, processDefinitionKey }) => ({
    processId,
    version,
    processDefinitionKey,
    inboundElements: inboundElements
      .filter((element) => element.processId === processId)
      .map((element) => ({ ...element, version, processDefinitionKey, ...tenant })),
    inputs: new Map(
      jobElements
        .filter((element) => element.processId === processId)
        .map(({ elementId, inputs }) => [elementId, inputs]),
    ),
  }));
}
