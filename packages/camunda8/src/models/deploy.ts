import {
  ConfigurationError,
  ConnectorError,
  type Deployment,
  type Resource,
} from '@bpmn-connectors/sdk';
import { isTooLarge } from '../commands/outcome-of.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { ModelStore } from './create-model-store.ts';
import { readRefusal } from './read-refusal.ts';

/** What deploying takes. */
export interface DeployContext {
  readonly gateway: Gateway;
  readonly models: ModelStore;
  readonly tenantId: string | undefined;
}

/** Milliseconds: a deployment goes to every partition before it is answered. */
const timeoutMs = 30_000;

const encoder = new TextEncoder();

/**
 * Deploys files to the cluster, all or none, and remembers them.
 * @throws {ConfigurationError} the cluster refuses them.
 * @throws {ConnectorError} `CAMUNDA8_UNAVAILABLE` (retryable) it is not known whether they are deployed:
 *   deploying them again is safe.
 */
export async function deploy(
  { gateway, models, tenantId }: DeployContext,
  resources: readonly Resource[],
): Promise<readonly Deployment[]> {
  const files = resources.map(({ name, content }) => ({ name, content: encoder.encode(content) }));
  const tenant = tenantId === undefined ? {} : { tenantId };
  const processes = await gateway
    .deployResource({ resources: files, ...tenant }, { timeoutMs })
    .catch((error: unknown) => {
      if (!(error instanceof GatewayError)) throw error;
      const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
      const isRefused = ['INVALID_ARGUMENT', 'PERMISSION_DENIED', 'NOT_FOUND'].includes(
        error.status,
      );
      if (isRefused || isTooLarge(error, bytes)) {
        const names = resources.map(({ name }) => name);
        throw new ConfigurationError(readRefusal(names, error.message || `${bytes} bytes`));
      }
      const message = `Nothing can be deployed now: ${error.message}`;
      throw new ConnectorError('CAMUNDA8_UNAVAILABLE', message, { retryable: true, cause: error });
    });
  await models.add(
    resources.map(({ name, content }) => ({
      name,
      content,
      ...tenant,
      processes: processes.filter(({ resourceName }) => resourceName === name),
    })),
  );
  return processes;
}
