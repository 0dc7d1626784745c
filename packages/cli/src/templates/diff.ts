import { findChanges } from '@bpmn-connectors/element-templates';
import { UsageError } from '../configuration/usage-error.ts';
import { readTemplateFiles } from './read-template-files.ts';
import type { TemplateCommand } from './template-command.ts';

/** `templates diff`: what a newer template writes otherwise, and whether its version went up. */
export const diffCommand: TemplateCommand = {
  name: 'diff',
  usage: 'OLD NEW',
  summary:
    'Tell what a template writes otherwise than an older one, and whether its version went up',
  flags: { switches: [], texts: {} },
  run: async ({ positionals }, io) => {
    if (positionals.length !== 2)
      throw new UsageError(['diff takes two files: the older, the newer']);
    const [before, after] = await readTemplateFiles(positionals, io.cwd);
    if (before === undefined || after === undefined) throw new UsageError(['a file holds nothing']);
    const changes = findChanges(before.template, after.template);
    for (const { property, change } of changes)
      io.stdout.write(`${change.padEnd(9)} ${property}\n`);
    const isBehind = changes.length > 0 && after.template.version <= before.template.version;
    if (isBehind) {
      io.stderr.write(`The version has to go up: ${before.template.version + 1}\n`);
      return 1;
    }
    io.stdout.write(changes.length === 0 ? 'They write the same\n' : 'The version went up\n');
    return 0;
  },
};
