import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigurationError } from '@bpmn-connectors/sdk';
import { z } from 'zod';

/** Which function of which module. */
export interface ModuleFunction {
  /** The option that names the module. */
  readonly flag: string;
  /** A path, relative to `cwd`, or a `file:` URL. */
  readonly module: string;
  readonly cwd: string;
  /** Name of the export. */
  readonly exported: string;
}

/**
 * Loads a function that a user's module exports. What it takes and gives is the user's to keep.
 * @throws {ConfigurationError} the module cannot be loaded or exports no such function.
 */
export async function loadModule<Make extends (...options: never[]) => unknown>({
  flag,
  module,
  cwd,
  exported,
}: ModuleFunction): Promise<Make> {
  const path = module.startsWith('file:') ? fileURLToPath(module) : resolve(cwd, module);
  const refuse = (reason: string): ConfigurationError =>
    new ConfigurationError([
      {
        where: flag,
        reason: `${path} ${reason}`,
        fix: `Name a module that exports the function ${exported}`,
      },
    ]);
  const functionSchema = z.custom<Make>((value) => typeof value === 'function');
  let loaded: unknown;
  try {
    loaded = await import(pathToFileURL(path).href);
  } catch (error) {
    throw refuse(`cannot be loaded: ${error instanceof Error ? error.message : 'unknown reason'}`);
  }
  const parsed = z.object({ [exported]: functionSchema }).safeParse(loaded);
  const made = parsed.data?.[exported];
  if (made === undefined) throw refuse(`does not export ${exported}`);
  return made;
}
