import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type GenerateOptions,
  generateTemplates,
  lintTemplates,
  type TemplateFile,
  writeTemplate,
} from '@bpmn-connectors/element-templates';
import { ConfigurationError } from '@bpmn-connectors/sdk';
import { UsageError } from '../configuration/usage-error.ts';
import type { Io } from '../io/io.ts';
import { loadDefinitions } from './load-definitions.ts';
import { readIds } from './read-ids.ts';
import type { TemplateCommand } from './template-command.ts';
import { versionProblem } from './version-problem.ts';

const textOf = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch(() => undefined);

async function generate(
  modules: readonly string[],
  ids: NonNullable<GenerateOptions['ids']>,
  cwd: string,
): Promise<readonly TemplateFile[]> {
  const files = [];
  for (const module of modules) {
    for (const definition of await loadDefinitions(module, cwd)) {
      files.push(...generateTemplates(definition, { ids }));
    }
  }
  const problems = lintTemplates(files.map(({ template }) => template));
  if (problems.length > 0) {
    throw new ConfigurationError(
      problems.map(({ where, reason, fix, rule }) => ({ where, reason, fix: `${fix} (${rule})` })),
    );
  }
  return files;
}

/** Compares with what is there. */
async function check(files: readonly TemplateFile[], folder: string, io: Io): Promise<number> {
  let stale = 0;
  for (const { name, template } of files) {
    const file = join(folder, `${name}.json`);
    if ((await textOf(file)) === writeTemplate(template)) continue;
    stale += 1;
    io.stderr.write(`${file} is not what the definition gives: generate it again\n`);
  }
  if (stale === 0) io.stdout.write(`${files.length} templates are as the definitions give them\n`);
  return stale === 0 ? 0 : 1;
}

/** A template of an older version moves to `versioned/`; one that changed without a new version is refused. */
async function write(files: readonly TemplateFile[], folder: string, io: Io): Promise<number> {
  const found = await Promise.all(
    files.map(async (file) => ({
      ...file,
      before: await textOf(join(folder, `${file.name}.json`)),
    })),
  );
  const problems = found.flatMap(({ template, before }) => versionProblem(template, before) ?? []);
  if (problems.length > 0) throw new ConfigurationError(problems);
  await mkdir(folder, { recursive: true });
  for (const { name, template, before } of found) {
    const older = before === undefined ? undefined : JSON.parse(before).version;
    if (before !== undefined && older !== template.version) {
      await mkdir(join(folder, 'versioned'), { recursive: true });
      await writeFile(join(folder, 'versioned', `${name}-${older}.json`), before);
    }
    await writeFile(join(folder, `${name}.json`), writeTemplate(template));
    io.stdout.write(`${name}.json  ${template.id} ${template.version}\n`);
  }
  return 0;
}

/** `templates generate`: from the definitions that built modules export. */
export const generateCommand: TemplateCommand = {
  name: 'generate',
  usage: 'MODULE… -o DIR [--check] [--ids own|camunda]',
  summary: 'Make templates of the definitions that built modules export',
  flags: { switches: ['check'], texts: { output: 'DIR', ids: 'own|camunda' } },
  run: async ({ positionals, isSet, text }, io) => {
    const ids = readIds(text('ids'));
    const folder = text('output');
    const problems = [
      ...(positionals.length === 0 ? ['no module given: templates generate ./dist/index.js'] : []),
      ...(folder === undefined ? ['--output is missing: --output element-templates'] : []),
    ];
    if (folder === undefined || problems.length > 0) throw new UsageError(problems);
    const files = await generate(positionals, ids, io.cwd);
    const target = resolve(io.cwd, folder);
    return isSet('check') ? check(files, target, io) : write(files, target, io);
  },
};
