import type { DeployedProcess } from '@bpmn-connectors/console';
import type { ConnectorRuntime } from '@bpmn-connectors/runtime';
import {
  ConfigurationError,
  type Logger,
  type ProcessRuntime,
  type Resource,
} from '@bpmn-connectors/sdk';
import { type CheckOptions, checkModels } from '../check/check-models.ts';

/** Where a deployment goes, and what it is checked against. */
export interface DeployOptions {
  readonly processRuntime: ProcessRuntime;
  readonly connectorRuntime: Pick<ConnectorRuntime, 'check'>;
  /** Whether the process runtime is the embedded engine. */
  readonly embedded: boolean;
  readonly logger: Logger;
}

/** What to say of a process runtime that cannot deploy. */
export const takesNoModels = ({ name }: ProcessRuntime): ConfigurationError =>
  new ConfigurationError([
    {
      where: `process runtime ${name}`,
      reason: 'it takes no models',
      fix: 'Deploy them with its own tools',
    },
  ]);

/** Deploys models while running, checked as at the start. */
export function createDeploy(options: DeployOptions) {
  const { processRuntime, connectorRuntime, embedded, logger } = options;
  const checking: CheckOptions = {
    embedded,
    connectors: (elements) => connectorRuntime.check(elements),
  };
  return async (resources: readonly Resource[]): Promise<readonly DeployedProcess[]> => {
    if (processRuntime.deploy === undefined) throw takesNoModels(processRuntime);
    const { inboundElements, problems } = await checkModels(resources, checking);
    if (problems.length > 0) throw new ConfigurationError(problems);
    const deployments = await processRuntime.deploy(resources);
    for (const { processId, version } of deployments)
      logger.info({ processId, version }, 'process deployed');
    return deployments.map((deployment) => ({
      ...deployment,
      endpoints: inboundElements
        .filter(({ processId }) => processId === deployment.processId)
        .map(({ properties }) => properties['inbound.context'] ?? ''),
    }));
  };
}
