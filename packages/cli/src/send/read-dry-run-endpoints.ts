import { ConfigurationError, type DeployedInboundElement } from '@bpmn-connectors/sdk';
import { findModelFiles } from '../check/find-model-files.ts';
import { readModels } from '../check/read-models.ts';
import type { Configuration } from '../configuration/configuration-schema.ts';
import { readConfiguration } from '../configuration/read-configuration.ts';
import type { Io } from '../io/io.ts';
import { configuredElements } from '../serve/configured-elements.ts';

/** What a dry run is made against. */
export interface DryRunEndpoints {
  readonly configuration: Configuration;
  readonly elements: readonly DeployedInboundElement[];
}

/**
 * Reads the endpoints of a model or of a configuration file (`.json`).
 * @throws {UsageError} the configuration is wrong. @throws {ConfigurationError} the model cannot be read.
 */
export async function readDryRunEndpoints(
  file: string,
  io: Pick<Io, 'env' | 'cwd'>,
): Promise<DryRunEndpoints> {
  if (file.endsWith('.json')) {
    const { configuration, structure } = await readConfiguration(['--config', file], io);
    return { configuration, elements: configuredElements(structure) };
  }
  const { configuration } = await readConfiguration([], io);
  const found = await findModelFiles([file], io.cwd);
  const { models, problems } = await readModels(found.resources);
  const all = [...found.problems, ...problems];
  if (all.length > 0) throw new ConfigurationError(all);
  return { configuration, elements: models.flatMap(({ inboundElements }) => inboundElements) };
}
