import { readdirSync, readFileSync } from 'node:fs';
import { type ElementTemplate, readTemplates } from '@bpmn-connectors/element-templates';

const folder = new URL('../../../../element-templates/', import.meta.url);

/** The templates that are checked in, by the name of their file. */
export const rootTemplates: readonly (readonly [name: string, template: ElementTemplate])[] =
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) =>
      readTemplates(readFileSync(new URL(file, folder), 'utf8')).map(
        (template) => [file.replace('.json', ''), template] as const,
      ),
    );
