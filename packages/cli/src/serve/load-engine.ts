import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEngine } from '@bpmn-connectors/engine';
import {
  ConfigurationError,
  type Journal,
  type Logger,
  type ProcessRuntime,
} from '@bpmn-connectors/sdk';
import { z } from 'zod';

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

const moduleSchema = z.object({
  createProcessRuntime: z.custom<CreateProcessRuntime>((value) => typeof value === 'function'),
});

const refuse = (path: string, reason: string): ConfigurationError =>
  new ConfigurationError([
    {
      where: '--engine',
      reason: `${path} ${reason}`,
      fix: 'Name a module that exports the function createProcessRuntime',
    },
  ]);

/**
 * Finds the process runtime's factory: the embedded engine's, or that of a user's module.
 * @throws {ConfigurationError} the module cannot be loaded or exports no such function.
 */
export async function loadEngine(engine: string, cwd: string): Promise<CreateProcessRuntime> {
  if (engine === 'embedded') return createEngine;
  const path = engine.startsWith('file:') ? fileURLToPath(engine) : resolve(cwd, engine);
  let loaded: unknown;
  try {
    loaded = await import(pathToFileURL(path).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw refuse(path, `cannot be loaded: ${reason}`);
  }
  const parsed = moduleSchema.safeParse(loaded);
  if (!parsed.success) throw refuse(path, 'does not export createProcessRuntime');
  return parsed.data.createProcessRuntime;
}
