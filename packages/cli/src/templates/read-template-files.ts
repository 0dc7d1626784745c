import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type ElementTemplate, readTemplates } from '@bpmn-connectors/element-templates';
import { ConfigurationError } from '@bpmn-connectors/sdk';

/** A template and where it was found. */
export interface FoundTemplate {
  /** Of the file, below the folder that was named. */
  readonly path: string;
  readonly template: ElementTemplate;
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name));
}

const problem = (where: string, reason: string, fix: string): ConfigurationError =>
  new ConfigurationError([{ where, reason, fix }]);

/**
 * Reads the templates of files, and of all `*.json` below folders.
 * @throws {ConfigurationError} there is no such file, or it holds something else.
 */
export async function readTemplateFiles(
  paths: readonly string[],
  cwd: string,
): Promise<readonly FoundTemplate[]> {
  const found: FoundTemplate[] = [];
  for (const given of paths) {
    const root = resolve(cwd, given);
    const files = await filesOf(root).catch(() => {
      throw problem(given, 'there is no such file or folder', 'Name templates or their folder');
    });
    for (const file of files) {
      const path = relative(root, file) || given;
      found.push(...(await readOne(file, path)).map((template) => ({ path, template })));
    }
  }
  return found;
}

async function readOne(file: string, path: string): Promise<readonly ElementTemplate[]> {
  const text = await readFile(file, 'utf8');
  try {
    return readTemplates(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    throw problem(path, reason, 'Name element templates: JSON with id, appliesTo and properties');
  }
}
