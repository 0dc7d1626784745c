import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  ConfigurationError,
  type InboundDefinition,
  type OutboundDefinition,
} from '@bpmn-connectors/sdk';
import { z } from 'zod';

/** A definition of a connector. */
export type Definition = OutboundDefinition | InboundDefinition;

const DefinitionSchema = z.union([
  z.looseObject({
    kind: z.literal('outbound'),
    type: z.string(),
    template: z.looseObject({ id: z.string(), version: z.number() }),
    input: z.custom((value) => typeof value === 'object' && value !== null && '_zod' in value),
  }),
  z.looseObject({
    kind: z.literal('inbound'),
    type: z.string(),
    templates: z.array(z.looseObject({ id: z.string(), version: z.number() })),
  }),
]);

const isDefinition = (value: unknown): value is Definition =>
  DefinitionSchema.safeParse(value).success;

const problem = (where: string, reason: string, fix: string): ConfigurationError =>
  new ConfigurationError([{ where, reason, fix }]);

/** Packages are found from the folder that the command was called in, as `import` there would. */
function addressOf(module: string, cwd: string): string {
  if (module.startsWith('file:') || /^[./]|^[a-z]:\\/i.test(module)) {
    const path = module.startsWith('file:') ? fileURLToPath(module) : resolve(cwd, module);
    return pathToFileURL(path).href;
  }
  return module;
}

/**
 * Loads the connector definitions that a built module exports.
 * @throws {ConfigurationError} the module is TypeScript, cannot be loaded, or exports no definition.
 */
export async function loadDefinitions(module: string, cwd: string): Promise<readonly Definition[]> {
  if (/\.[cm]?tsx?$/.test(module)) {
    throw problem(module, 'it is TypeScript', 'Build it, and name the JavaScript file');
  }
  let loaded: Readonly<Record<string, unknown>>;
  try {
    loaded = await import(addressOf(module, cwd));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw problem(module, `it cannot be loaded: ${reason}`, 'Name a built module or a package');
  }
  const definitions = [...new Set(Object.values(loaded))].filter(isDefinition);
  if (definitions.length > 0) return definitions;
  throw problem(
    module,
    'it exports no definition',
    'Export what defineOutbound or defineInbound gives',
  );
}
