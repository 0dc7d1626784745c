import { lintTemplates } from '@bpmn-connectors/element-templates';
import { UsageError } from '../configuration/usage-error.ts';
import { readTemplateFiles } from './read-template-files.ts';
import type { TemplateCommand } from './template-command.ts';

/** `templates lint`: what Camunda's schema lets through and a modeler stumbles over. */
export const lintCommand: TemplateCommand = {
  name: 'lint',
  usage: 'FILE|DIR…',
  summary: 'Check templates, also for what the schema lets through',
  flags: { switches: [], texts: {} },
  run: async ({ positionals }, io) => {
    if (positionals.length === 0) throw new UsageError(['no file or folder given']);
    const found = await readTemplateFiles(positionals, io.cwd);
    const problems = lintTemplates(found.map(({ template }) => template));
    for (const { where, reason, fix, rule } of problems) {
      io.stderr.write(`${where}: ${reason}. ${fix} (${rule})\n`);
    }
    if (problems.length === 0) io.stdout.write(`${found.length} templates are good\n`);
    return problems.length === 0 ? 0 : 1;
  },
};
