import { createTemplateIndex } from '@bpmn-connectors/element-templates';
import { UsageError } from '../configuration/usage-error.ts';
import { readTemplateFiles } from './read-template-files.ts';
import type { TemplateCommand } from './template-command.ts';

/** `templates index`: what Desktop Modeler reads over HTTP. */
export const indexCommand: TemplateCommand = {
  name: 'index',
  usage: 'DIR --base-url URL',
  summary: 'Print the index of a folder, which Desktop Modeler reads over HTTP',
  flags: { switches: [], texts: { 'base-url': 'URL' } },
  run: async ({ positionals, text }, io) => {
    const [folder] = positionals;
    const baseUrl = text('base-url');
    if (folder === undefined || positionals.length > 1 || baseUrl === undefined) {
      throw new UsageError(['index takes a folder and --base-url, under which it is served']);
    }
    const found = await readTemplateFiles([folder], io.cwd);
    const index = createTemplateIndex(found, baseUrl.replace(/\/+$/, ''));
    io.stdout.write(`${JSON.stringify(index, undefined, 2)}\n`);
    return 0;
  },
};
