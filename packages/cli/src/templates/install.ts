import { mkdir, writeFile } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { writeTemplate } from '@bpmn-connectors/element-templates';
import { ConfigurationError } from '@bpmn-connectors/sdk';
import { UsageError } from '../configuration/usage-error.ts';
import type { Io } from '../io/io.ts';
import { ownTemplates } from './own-templates.ts';
import { readIds } from './read-ids.ts';
import { type FoundTemplate, readTemplateFiles } from './read-template-files.ts';
import type { TemplateCommand } from './template-command.ts';

/** Where Desktop Modeler keeps what holds for all diagrams of a person. */
function modelerFolder({ env }: Pick<Io, 'env'>): string {
  const home = homedir();
  const places: Partial<Record<NodeJS.Platform, string>> = {
    win32: env['APPDATA'] ?? join(home, 'AppData', 'Roaming'),
    darwin: join(home, 'Library', 'Application Support'),
  };
  const data = places[platform()] ?? env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  return join(data, 'camunda-modeler', 'resources', 'element-templates');
}

/** Versions that are there already, by template id. */
async function versionsIn(folder: string): Promise<ReadonlyMap<string, number>> {
  const there = await readTemplateFiles([folder], '/').catch(() => []);
  const versions = new Map<string, number>();
  for (const { template } of there) {
    versions.set(template.id, Math.max(template.version, versions.get(template.id) ?? 0));
  }
  return versions;
}

/** A modeler that has a newer version must not lose it. */
function refuseOlder(found: readonly FoundTemplate[], there: ReadonlyMap<string, number>): void {
  const problems = found
    .filter(({ template: { id, version } }) => (there.get(id) ?? 0) > version)
    .map(({ template: { id, version } }) => ({
      where: id,
      reason: `version ${there.get(id)} is there, which is newer than ${version}`,
      fix: 'Remove that one first, or take a newer release of this program',
    }));
  if (problems.length > 0) throw new ConfigurationError(problems);
}

/** `templates install`: puts templates where a modeler finds them. */
export const installCommand: TemplateCommand = {
  name: 'install',
  usage: '[FILE|DIR…] [--to DIR | --global] [--ids own|camunda]',
  summary: 'Put templates, ours where none are named, where a modeler finds them',
  flags: { switches: ['global'], texts: { to: 'DIR', ids: 'own|camunda' } },
  run: async ({ positionals, isSet, text }, io) => {
    const to = text('to');
    if (isSet('global') && to !== undefined) {
      throw new UsageError(['--to and --global do not go together']);
    }
    const folder = isSet('global')
      ? modelerFolder(io)
      : resolve(io.cwd, to ?? join('.camunda', 'element-templates'));
    const found =
      positionals.length > 0
        ? await readTemplateFiles(positionals, io.cwd)
        : ownTemplates({ ids: readIds(text('ids')) });
    refuseOlder(found, await versionsIn(folder));
    await mkdir(folder, { recursive: true });
    for (const { path, template } of found) {
      const name = path.split(/[\\/]/).at(-1) ?? path;
      await writeFile(join(folder, name), writeTemplate(template));
      io.stdout.write(`${join(folder, name)}  ${template.id} ${template.version}\n`);
    }
    return 0;
  },
};
