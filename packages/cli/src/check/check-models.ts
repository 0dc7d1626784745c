import type { InboundElement, JobElement, Problem } from '@bpmn-connectors/bpmn';
import type { Resource } from '@bpmn-connectors/sdk';
import { findEngineProblems } from './find-engine-problems.ts';
import { readModels } from './read-models.ts';

/** What connectors have to do with. */
interface ConnectorElements {
  readonly inboundElements: readonly InboundElement[];
  readonly jobElements: readonly JobElement[];
}

/** What models are checked against. */
export interface CheckOptions {
  /** Whether the embedded engine will run them; what another one refuses only it can tell. */
  readonly embedded: boolean;
  /** Inbound elements beside those of the models. */
  readonly configured?: readonly InboundElement[];
  /** Tells what connectors cannot serve: a connector runtime's own check. */
  readonly connectors: (elements: ConnectorElements) => Promise<readonly Problem[]>;
}

/** What models hold for connectors, and all that is wrong with them. */
export interface CheckedModels extends ConnectorElements {
  readonly problems: readonly Problem[];
}

/** Checks models without deploying them. */
export async function checkModels(
  resources: readonly Resource[],
  { embedded, connectors, configured = [] }: CheckOptions,
): Promise<CheckedModels> {
  const { models, problems } = await readModels(resources);
  const elements = {
    inboundElements: [...models.flatMap(({ inboundElements }) => inboundElements), ...configured],
    jobElements: models.flatMap(({ jobElements }) => jobElements),
  };
  return {
    ...elements,
    problems: [
      ...(embedded ? await findEngineProblems(resources) : problems),
      ...(await connectors(elements)),
    ],
  };
}
