import type { InboundElement, Problem } from '@bpmn-connectors/bpmn';
import { createInbound, createOutbound } from '@bpmn-connectors/runtime';
import type { Resource, SecretProvider } from '@bpmn-connectors/sdk';
import { type CheckedModels, checkModels } from '../check/check-models.ts';
import type { Configuration } from '../configuration/configuration-schema.ts';
import { noteSecrets } from '../secrets/note-secrets.ts';
import { createConnectors } from './create-connectors.ts';

const missingSecrets = (
  missing: ReadonlySet<string>,
  { secretPrefix, secretsDir }: Configuration,
): readonly Problem[] => {
  if (missing.size === 0) return [];
  const names = [...missing];
  const variables = names.map((name) => `${secretPrefix}${name}`).join(', ');
  const files = secretsDir === undefined ? '' : `, or files of these names in ${secretsDir}`;
  const reason = `missing: ${names.join(', ')}`;
  return [{ where: 'secrets', reason, fix: `Set the environment variables ${variables}${files}` }];
};

/** What a check found, and the names of the secrets that it found to be there. */
export interface CheckedStart extends CheckedModels {
  readonly secretNames: readonly string[];
}

/**
 * Checks models, and endpoints of the configuration, with connectors of its own, which serve nothing and are ended again.
 */
export async function checkBeforeStart(
  resources: readonly Resource[],
  configuration: Configuration,
  provider: SecretProvider,
  configured: readonly InboundElement[] = [],
): Promise<CheckedStart> {
  const secrets = noteSecrets(provider);
  const { hooks, outbound: outboundConnectors } = createConnectors(configuration, '');
  const inbound = createInbound({
    connectors: [hooks],
    secrets,
    send: async () => ({ status: 'unavailable', code: 'CONNECTION', message: 'not started' }),
  });
  const outbound = createOutbound({ connectors: outboundConnectors, secrets });
  try {
    const checked = await checkModels(resources, {
      embedded: configuration.engine === 'embedded',
      configured,
      connectors: async ({ inboundElements, jobElements }) => [
        ...(await inbound.check(inboundElements)),
        ...(await outbound.check(jobElements)),
      ],
    });
    const problems = [...checked.problems, ...missingSecrets(secrets.missing, configuration)];
    return { ...checked, problems, secretNames: [...secrets.found].toSorted() };
  } finally {
    await inbound.close();
    await outbound.close();
  }
}
