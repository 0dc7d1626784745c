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
import { checkBeforeStart } from './check-before-start.ts';
import { checkManagement } from './check-management.ts';
import { type CreateProcessRuntime, loadEngine } from './load-engine.ts';
import { loadTelemetry } from './load-telemetry.ts';
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
  readonly inboundElements: readonly InboundElement[];
  readonly logger: Logger;
  /** The user's own. */
  readonly telemetry: Telemetry | undefined;
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

/**
 * Reads options, models and secrets, and checks all of it. Opens nothing.
 * @throws {ConfigurationError} with everything that is wrong.
 */
export async function makePlan(options: ServeOptions): Promise<Plan> {
  const { models = [], env = process.env, cwd = process.cwd(), ...others } = options;
  const { logger = silentLogger, telemetry, ...rest } = others;
  const named = typeof telemetry === 'string' ? { telemetry } : {};
  const configuration = readOptions({ ...rest, ...named }, env);
  const secrets = secretsOf(configuration, env, cwd);
  const found = await findModelFiles(models, cwd);
  const checked = await checkBeforeStart(found.resources, configuration, secrets);
  const problems: Problem[] = [
    ...found.problems,
    ...checked.problems,
    ...checkManagement(configuration),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    configuration,
    resources: found.resources,
    data: resolve(cwd, configuration.data),
    createProcessRuntime: await loadEngine(configuration.engine, cwd),
    secrets,
    inboundElements: checked.inboundElements,
    logger,
    telemetry:
      typeof telemetry === 'object'
        ? telemetry
        : await loadTelemetry(configuration.telemetry, cwd, logger),
  };
}
