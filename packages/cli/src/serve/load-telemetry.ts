import type { Logger, Telemetry } from '@bpmn-connectors/sdk';
import { loadModule } from './load-module.ts';

type CreateTelemetry = (options: { readonly logger: Logger }) => Promise<Telemetry> | Telemetry;

/**
 * Finds the `createTelemetry({ logger })` of a user's module.
 * @throws {ConfigurationError} the module cannot be loaded or exports no such function.
 */
export const findTelemetry = (module: string, cwd: string): Promise<CreateTelemetry> =>
  loadModule<CreateTelemetry>({ flag: '--telemetry', module, cwd, exported: 'createTelemetry' });

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
  const createTelemetry = await findTelemetry(module, cwd);
  return createTelemetry({ logger });
}
