import { createEngine } from '@bpmn-connectors/engine';
import type { Journal, Logger, ProcessRuntime } from '@bpmn-connectors/sdk';
import { loadModule } from './load-module.ts';

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

/**
 * Finds the process runtime's factory: the embedded engine's, or that of a user's module.
 * @throws {ConfigurationError} the module cannot be loaded or exports no such function.
 */
export async function loadEngine(engine: string, cwd: string): Promise<CreateProcessRuntime> {
  if (engine === 'embedded') return createEngine;
  return loadModule({ flag: '--engine', module: engine, cwd, exported: 'createProcessRuntime' });
}
