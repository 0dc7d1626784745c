import type { InboundElement, JobElement } from '@bpmn-connectors/bpmn';
import type { Configuration } from '../configuration/configuration-schema.ts';
import { createConnectors } from '../serve/create-connectors.ts';
import { checkJobTypes } from './check-job-types.ts';
import { checkProperties } from './check-properties.ts';
import type { Finding } from './finding.ts';

/** Elements that could be deployed, and who else works jobs. */
export interface AdvisedModels {
  readonly inboundElements: readonly InboundElement[];
  readonly jobElements: readonly JobElement[];
  readonly configuration: Configuration;
  /** Job types that others work. */
  readonly otherJobTypes: readonly string[];
}

/** Finds what would fail at first use though it can be deployed, and what an author should know. */
export async function adviseModels({
  inboundElements,
  jobElements,
  configuration,
  otherJobTypes,
}: AdvisedModels): Promise<readonly Finding[]> {
  const { hooks, outbound } = createConnectors(configuration, '');
  const jobTypes = {
    connectors: outbound,
    others: otherJobTypes,
    embedded: configuration.engine === 'embedded',
  };
  const findings = [
    ...checkJobTypes(jobElements, jobTypes),
    ...checkProperties(inboundElements, hooks),
  ];
  await Promise.all([hooks.close(), ...outbound.map(async (connector) => connector.close?.())]);
  return findings;
}
