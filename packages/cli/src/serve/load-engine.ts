import { createEngine } from '@bpmn-connectors/engine';
import type { Journal, Logger, ProcessRuntime } from '@bpmn-connectors/sdk';
import { loadModule } from './load-module.ts';
import { readClusterSettings } from './read-cluster-settings.ts';

/** What a process runtime is made with. */
export interface ProcessRuntimeOptions {
  /** Durable records, shared with the connector runtime; namespaces of one's own are free to use. */
  readonly journal: Journal;
  readonly logger: Logger;
}

/** Makes the process runtime that jobs and events go to. */
export type CreateProcessRuntime = (
  options: ProcessRuntimeOptions,
) => Promise<ProcessRuntime> | ProcessRuntime;

/** Where a process runtime is looked for, and what it is set up by. */
export interface EngineSurroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Loaded here, so that nobody else waits for a gRPC client. */
async function loadCamunda8(surroundings: EngineSurroundings): Promise<CreateProcessRuntime> {
  const { createCamunda8 } = await import('@bpmn-connectors/camunda8');
  const settings = await readClusterSettings(surroundings);
  return (options) => createCamunda8({ ...settings, ...options });
}

/**
 * Finds the process runtime's factory: the embedded engine's, Camunda 8's, or that of a user's module.
 * @throws {ConfigurationError} the module cannot be loaded or exports no such function, or what the
 *   environment says about the cluster cannot work.
 */
export async function loadEngine(
  engine: string,
  surroundings: EngineSurroundings,
): Promise<CreateProcessRuntime> {
  const { cwd } = surroundings;
  if (engine === 'embedded') return createEngine;
  if (engine === 'camunda8') return loadCamunda8(surroundings);
  return loadModule({ flag: '--engine', module: engine, cwd, exported: 'createProcessRuntime' });
}
