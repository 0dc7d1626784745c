import type { Logger, Telemetry } from '@bpmn-connectors/sdk';
import { loadModule } from './load-module.ts';

type CreateTelemetry = (options: { readonly logger: Logger }) => Promise<Telemetry> | Telemetry;

/**
 * Makes the telemetry of a user's module, which exports `createTelemetry({ logger })`.
 * @throws {ConfigurationError} the module cannot be loaded or exports no such function.
 */
export async function loadTelemetry(
  module: string | undefined,
  cwd: string,
  logger: Logger,
): Promise<Telemetry | undefined> {
  if (module === undefined) return undefined;
  const options = { flag: '--telemetry', module, cwd, exported: 'createTelemetry' };
  const createTelemetry = await loadModule<CreateTelemetry>(options);
  return createTelemetry({ logger });
}
