import { resolve } from 'node:path';
import type { InboundElement, Problem } from '@bpmn-connectors/bpmn';
import {
  ConfigurationError,
  type Logger,
  type Resource,
  type SecretProvider,
  silentLogger,
  type Telemetry,
} from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { findModelFiles } from '../check/find-model-files.ts';
import { type Configuration, configurationSchema } from '../configuration/configuration-schema.ts';
import type { Forward, Structure } from '../configuration/structure-schema.ts';
import { createForward } from '../forward/create-forward.ts';
import { resolveHttpSecrets } from '../forward/resolve-http-secrets.ts';
import { checkBeforeStart } from './check-before-start.ts';
import { checkManagement } from './check-management.ts';
import { checkStructure } from './check-structure.ts';
import { configuredElements } from './configured-elements.ts';
import { createConnectors } from './create-connectors.ts';
import { type CreateProcessRuntime, type EngineSurroundings, loadEngine } from './load-engine.ts';
import { loadTelemetry } from './load-telemetry.ts';
import { readStructure } from './read-structure.ts';
import { secretsOf } from './secrets-of.ts';
import type { ServeOptions } from './serve-options.ts';

/** What is to be served, found good as far as that can be told before anything runs. */
export interface Plan {
  readonly configuration: Configuration;
  readonly resources: readonly Resource[];
  /** Folder of the durable state, absolute. */
  readonly data: string;
  readonly createProcessRuntime: CreateProcessRuntime;
  readonly secrets: SecretProvider;
  /** Those of the models, and those of the configuration. */
  readonly inboundElements: readonly InboundElement[];
  readonly configuredElements: readonly InboundElement[];
  readonly logger: Logger;
  /** The user's own. */
  readonly telemetry: Telemetry | undefined;
  readonly signal: AbortSignal | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

function readOptions(options: object, env: Environment): Configuration {
  const parsed = z.safeParse(configurationSchema, options);
  if (parsed.success) return withRegion(parsed.data, env);
  throw new ConfigurationError(
    parsed.error.issues.map(({ path, message }) => ({
      where: ['serve', ...path.map(String)].join(' / '),
      reason: message,
      fix: 'See the options of the command run',
    })),
  );
}

/** The AWS SDK's own variables say where events go when nothing nearer does. */
function withRegion(configuration: Configuration, env: Environment): Configuration {
  const awsRegion = configuration.awsRegion ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  return awsRegion === undefined ? configuration : { ...configuration, awsRegion };
}

async function chooseEngine(
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

/**
 * Reads options, models and secrets, and checks all of it. Opens nothing.
 * @throws {ConfigurationError} with everything that is wrong.
 */
export async function makePlan(options: ServeOptions): Promise<Plan> {
  const { models = [], env = process.env, cwd = process.cwd(), ...others } = options;
  const { logger = silentLogger, telemetry, endpoints, forward, print, signal, ...rest } = others;
  const named = typeof telemetry === 'string' ? { telemetry } : {};
  const configuration = readOptions({ ...rest, ...named }, env);
  const structure = readStructure({
    ...(endpoints === undefined ? {} : { endpoints }),
    ...(forward === undefined ? {} : { forward }),
  });
  const secrets = secretsOf(configuration, env, cwd);
  const found = await findModelFiles(models, cwd);
  const own = configuredElements(structure);
  const checked = await checkBeforeStart(found.resources, configuration, secrets, own);
  const problems: Problem[] = [
    ...found.problems,
    ...checked.problems,
    ...checkManagement(configuration),
    ...checkStructure(structure, configuration),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    configuration,
    resources: found.resources,
    data: resolve(cwd, configuration.data),
    createProcessRuntime: await chooseEngine(
      configuration,
      structure,
      { cwd, env, secrets },
      print,
    ),
    secrets,
    inboundElements: checked.inboundElements,
    configuredElements: own,
    logger,
    signal,
    telemetry:
      typeof telemetry === 'object'
        ? telemetry
        : await loadTelemetry(configuration.telemetry, cwd, logger),
  };
}
