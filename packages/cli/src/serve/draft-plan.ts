import type { InboundElement, JobElement, Problem } from '@bpmn-connectors/bpmn';
import type { Resource, SecretProvider } from '@bpmn-connectors/sdk';
import { findModelFiles } from '../check/find-model-files.ts';
import type { Configuration, ConfigurationInput } from '../configuration/configuration-schema.ts';
import type { Structure, StructureInput } from '../configuration/structure-schema.ts';
import { checkBeforeStart } from './check-before-start.ts';
import { checkManagement } from './check-management.ts';
import { checkStructure } from './check-structure.ts';
import { configuredElements } from './configured-elements.ts';
import { readOptions } from './read-options.ts';
import { readStructure } from './read-structure.ts';
import { secretsOf } from './secrets-of.ts';
import type { ServeOptions } from './serve-options.ts';

/** What can be told of the options before anything runs. */
export type DraftOptions = Pick<ServeOptions, 'models' | 'env' | 'cwd'> &
  ConfigurationInput &
  StructureInput;

/** What is to be served, and all that is wrong with it. */
export interface PlanDraft {
  readonly configuration: Configuration;
  readonly structure: Structure;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly resources: readonly Resource[];
  readonly secrets: SecretProvider;
  /** Secrets that are named somewhere, and are there. */
  readonly secretNames: readonly string[];
  /** Those of the models, and those of the configuration. */
  readonly inboundElements: readonly InboundElement[];
  readonly configuredElements: readonly InboundElement[];
  readonly jobElements: readonly JobElement[];
  readonly problems: readonly Problem[];
}

/**
 * Reads options, models and secrets, and checks all of it. Opens nothing.
 * @throws {ConfigurationError} options, endpoints or target that cannot be read.
 */
export async function draftPlan(options: DraftOptions): Promise<PlanDraft> {
  const { models = [], env = process.env, cwd = process.cwd(), ...others } = options;
  const { endpoints, forward, ...rest } = others;
  const configuration = readOptions(rest, env);
  const structure = readStructure({
    ...(endpoints === undefined ? {} : { endpoints }),
    ...(forward === undefined ? {} : { forward }),
  });
  const secrets = secretsOf(configuration, env, cwd);
  const found = await findModelFiles(models, cwd);
  const own = configuredElements(structure);
  const checked = await checkBeforeStart(found.resources, configuration, secrets, own);
  return {
    ...checked,
    configuration,
    structure,
    env,
    cwd,
    resources: found.resources,
    secrets,
    configuredElements: own,
    problems: [
      ...found.problems,
      ...checked.problems,
      ...checkManagement(configuration),
      ...checkStructure(structure, configuration),
    ],
  };
}
