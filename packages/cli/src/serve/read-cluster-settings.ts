import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Camunda8Settings } from '@bpmn-connectors/camunda8';
import type { EngineSurroundings } from './load-engine.ts';

/**
 * What the environment says about the cluster. The package is loaded here, so that nobody else waits for it.
 * @throws {ConfigurationError} it cannot work.
 */
export async function readClusterSettings({
  cwd,
  env,
}: EngineSurroundings): Promise<Camunda8Settings> {
  const { optionsFromEnvironment } = await import('@bpmn-connectors/camunda8');
  return optionsFromEnvironment(env, (path) => readFile(resolve(cwd, path)));
}
