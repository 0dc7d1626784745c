import type { Problem } from '@bpmn-connectors/bpmn';
import {
  type ElementTemplate,
  findChanges,
  readTemplates,
} from '@bpmn-connectors/element-templates';

/** A template that writes something else than the one that is there needs a higher version than that. */
export function versionProblem(
  template: ElementTemplate,
  before: string | undefined,
): Problem | undefined {
  const [old] = before === undefined ? [] : readTemplates(before);
  if (old === undefined || old.id !== template.id) return undefined;
  const changes = findChanges(old, template);
  const goesBack = template.version < old.version;
  if (!goesBack && (changes.length === 0 || template.version > old.version)) return undefined;
  const what = changes.map(({ property, change }) => `${property} (${change})`).join(', ');
  return {
    where: template.id,
    reason: goesBack
      ? `its version ${template.version} is lower than ${old.version}, which is there`
      : `it writes otherwise than the version ${old.version} that is there: ${what}`,
    fix: `Give it version ${old.version + 1}`,
  };
}
