import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, resolve } from 'node:path';
import type { Problem } from '@bpmn-connectors/bpmn';
import type { Resource } from '@bpmn-connectors/sdk';

/** Models that were found, and paths that led to none. */
export interface FoundModels {
  readonly resources: readonly Resource[];
  readonly problems: readonly Problem[];
}

const isSkipped = (name: string): boolean => name === 'node_modules' || name.startsWith('.');

/** As people know it: relative below the working folder, else absolute. */
const nameOf = (file: string, cwd: string): string => {
  const short = relative(cwd, file);
  return short.startsWith('..') ? file : short;
};

async function listModels(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return isSkipped(entry.name) ? [] : listModels(path);
      return extname(entry.name) === '.bpmn' ? [path] : [];
    }),
  );
  return found.flat();
}

async function findFiles(given: string, cwd: string): Promise<readonly string[] | Problem> {
  const path = resolve(cwd, given);
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const files = await listModels(path);
    if (files.length > 0) return files;
    return {
      where: given,
      reason: 'the folder holds no *.bpmn',
      fix: 'Name a folder with models, or a model',
    };
  } catch {
    return { where: given, reason: 'there is no such file or folder', fix: 'Check the path' };
  }
}

/**
 * Finds the models that paths lead to: files as they are, of folders every `*.bpmn` below, except in
 * `node_modules` and hidden folders. A model that is reached twice counts once.
 */
export async function findModelFiles(paths: readonly string[], cwd: string): Promise<FoundModels> {
  const problems: Problem[] = [];
  const files = new Set<string>();
  for (const given of paths) {
    const found = await findFiles(given, cwd);
    if ('where' in found) problems.push(found);
    else for (const file of found) files.add(file);
  }
  const resources: Resource[] = [];
  for (const file of files) {
    const name = nameOf(file, cwd);
    try {
      resources.push({ name, content: await readFile(file, 'utf8') });
    } catch {
      problems.push({
        where: name,
        reason: 'the file cannot be read',
        fix: 'Check its permissions',
      });
    }
  }
  return { resources, problems };
}
