import type { SecretProvider } from '@bpmn-connectors/sdk';
import type { Configuration } from '../configuration/configuration-schema.ts';
import type { Forward, Structure } from '../configuration/structure-schema.ts';
import { createForward } from '../forward/create-forward.ts';
import { resolveHttpSecrets } from '../forward/resolve-http-secrets.ts';
import { createConnectors } from './create-connectors.ts';
import { type CreateProcessRuntime, type EngineSurroundings, loadEngine } from './load-engine.ts';

/**
 * Finds where jobs and events go: an engine, or the target of the configuration file. Connects nothing.
 * @throws {ConfigurationError} the engine cannot be loaded, or the target cannot work.
 */
export async function chooseEngine(
  configuration: Configuration,
  { forward }: Structure,
  { secrets, ...surroundings }: EngineSurroundings & { readonly secrets: SecretProvider },
  print = (line: string): void => void process.stdout.write(line),
): Promise<CreateProcessRuntime> {
  if (forward === undefined) return loadEngine(configuration.engine, surroundings);
  const [eventBridge] = createConnectors(configuration, '').outbound;
  if (eventBridge === undefined) throw new Error('there is no EventBridge connector');
  const runtime = createForward(await withSecrets(forward, secrets), { eventBridge, print });
  return () => runtime;
}

const withSecrets = async (forward: Forward, secrets: SecretProvider): Promise<Forward> =>
  forward.http === undefined
    ? forward
    : { ...forward, http: await resolveHttpSecrets(forward.http, secrets) };
