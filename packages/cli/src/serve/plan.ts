import { resolve } from 'node:path';
import type { InboundElement } from '@bpmn-connectors/bpmn';
import {
  ConfigurationError,
  type Logger,
  type Resource,
  type SecretProvider,
  silentLogger,
  type Telemetry,
} from '@bpmn-connectors/sdk';
import type { Configuration } from '../configuration/configuration-schema.ts';
import { chooseEngine } from './choose-engine.ts';
import { draftPlan } from './draft-plan.ts';
import type { CreateProcessRuntime } from './load-engine.ts';
import { loadTelemetry } from './load-telemetry.ts';
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

/**
 * Reads options, models and secrets, and checks all of it. Opens nothing.
 * @throws {ConfigurationError} with everything that is wrong.
 */
export async function makePlan(options: ServeOptions): Promise<Plan> {
  const { logger = silentLogger, telemetry, print, signal, ...asked } = options;
  const named = typeof telemetry === 'string' ? { telemetry } : {};
  const { structure, env, problems, ...draft } = await draftPlan({ ...asked, ...named });
  if (problems.length > 0) throw new ConfigurationError(problems);
  const { configuration, cwd, resources, secrets, inboundElements, configuredElements } = draft;
  return {
    configuration,
    resources,
    data: resolve(cwd, configuration.data),
    createProcessRuntime: await chooseEngine(
      configuration,
      structure,
      { cwd, env, secrets },
      print,
    ),
    secrets,
    inboundElements,
    configuredElements,
    logger,
    signal,
    telemetry:
      typeof telemetry === 'object'
        ? telemetry
        : await loadTelemetry(configuration.telemetry, cwd, logger),
  };
}
