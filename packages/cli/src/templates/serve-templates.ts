import type { ServedTemplates } from '@bpmn-connectors/console';
import { createTemplateIndex, writeTemplate } from '@bpmn-connectors/element-templates';
import { ownTemplates } from './own-templates.ts';

/** The program's own templates for the management API; made when they are asked for. */
export function serveTemplates(): ServedTemplates {
  let made: ReturnType<typeof ownTemplates> | undefined;
  const all = (): ReturnType<typeof ownTemplates> => {
    made ??= ownTemplates();
    return made;
  };
  return {
    index: (baseUrl) => createTemplateIndex(all(), baseUrl),
    file: (name) => {
      const found = all().find(({ path }) => path === name);
      return found && writeTemplate(found.template);
    },
  };
}
