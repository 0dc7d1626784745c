import type { InboundElement } from '@bpmn-connectors/bpmn';
import type { ConnectorRuntime } from '@bpmn-connectors/runtime';
import { ConfigurationError } from '@bpmn-connectors/sdk';
import type { StructureInput } from '../configuration/structure-schema.ts';
import { configuredElements } from './configured-elements.ts';
import { readStructure } from './read-structure.ts';

/**
 * Serves other endpoints of the configuration, without a gap for those that stay.
 * @param ofModels elements that stay in any case.
 * @throws {ConfigurationError} one of them cannot be served: then all stay as they were.
 */
export async function reloadEndpoints(
  { inbound, check }: Pick<ConnectorRuntime, 'inbound' | 'check'>,
  ofModels: readonly InboundElement[],
  endpoints: NonNullable<StructureInput['endpoints']>,
): Promise<void> {
  const inboundElements = [...ofModels, ...configuredElements(readStructure({ endpoints }))];
  const problems = await check({ inboundElements, jobElements: [] });
  if (problems.length > 0) throw new ConfigurationError(problems);
  await inbound.update(inboundElements);
}
