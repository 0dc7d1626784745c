import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeTemplate } from '@bpmn-connectors/element-templates';
import { ConfigurationError } from '@bpmn-connectors/sdk';
import { UsageError } from '../configuration/usage-error.ts';
import { ownTemplates } from './own-templates.ts';
import { type FoundTemplate, readTemplateFiles } from './read-template-files.ts';
import type { TemplateCommand } from './template-command.ts';

const problem = (where: string, reason: string, fix: string): ConfigurationError =>
  new ConfigurationError([{ where, reason, fix }]);

/** A file, or the id of a template that comes with the program. */
async function findTemplate(given: string, cwd: string): Promise<FoundTemplate> {
  if (given.endsWith('.json')) {
    const [found] = await readTemplateFiles([given], cwd);
    if (found !== undefined) return found;
  }
  const own = [...ownTemplates(), ...ownTemplates({ ids: 'camunda' })];
  const found = own.find(({ template }) => template.id === given);
  if (found !== undefined) return found;
  const ids = ownTemplates()
    .map(({ template }) => template.id)
    .join(', ');
  throw problem(given, 'there is no such template', `Name a file, or one of ${ids}`);
}

/** `templates apply`: what choosing a template in a modeler does, without one. */
export const applyCommand: TemplateCommand = {
  name: 'apply',
  usage: 'TEMPLATE MODEL ELEMENT [--output FILE]',
  summary: 'Put a template (a file, or an id of ours) on an element of a model, without a modeler',
  flags: { switches: [], texts: { output: 'FILE' } },
  run: async ({ positionals, text }, io) => {
    const [given, model, elementId] = positionals;
    if (given === undefined || model === undefined || elementId === undefined) {
      throw new UsageError(['apply takes a template, a model and the id of an element in it']);
    }
    const { template } = await findTemplate(given, io.cwd);
    const file = resolve(io.cwd, model);
    const xml = await readFile(file, 'utf8').catch(() => {
      throw problem(model, 'there is no such file', 'Name a BPMN file');
    });
    if (!xml.includes(`id="${elementId}"`)) {
      throw problem(model, `it has no element ${elementId}`, 'Name the id of an element');
    }
    // A modeler's heart, two megabytes: loaded when it is needed.
    const { applyTemplate } = await import('element-templates-cli');
    const applied = await applyTemplate(xml, writeTemplate(template), elementId);
    await writeFile(resolve(io.cwd, text('output') ?? model), applied);
    io.stdout.write(`${elementId} is ${template.name} (${template.id} ${template.version})\n`);
    return 0;
  },
};
