import type { ElementTemplate } from '../template/element-template.ts';
import type { Rule } from './rule.ts';
import { checkBindings } from './rules/check-bindings.ts';
import { checkConditions } from './rules/check-conditions.ts';
import { checkDefaults } from './rules/check-defaults.ts';
import { checkGroups } from './rules/check-groups.ts';
import { checkHead } from './rules/check-head.ts';
import { checkIds } from './rules/check-ids.ts';
import { checkPanelIndexes } from './rules/check-panel-indexes.ts';
import type { TemplateProblem } from './template-problem.ts';

const rules: readonly Rule[] = [
  checkHead,
  checkConditions,
  checkGroups,
  checkDefaults,
  checkIds,
  checkBindings,
  checkPanelIndexes,
];

/**
 * Finds what Camunda's schema lets through and what would break in a modeler: conditions, groups, defaults, ids,
 * bindings, positions in the panel, and ids with the same version twice.
 */
export function lintTemplates(templates: readonly ElementTemplate[]): readonly TemplateProblem[] {
  const problems = templates.flatMap((template) =>
    rules
      .flatMap((rule) => rule(template))
      .map((finding) => ({ ...finding, where: `${template.id} / ${finding.where}` })),
  );
  return [...problems, ...twins(templates)];
}

function twins(templates: readonly ElementTemplate[]): readonly TemplateProblem[] {
  const seen = new Set<string>();
  return templates.flatMap(({ id, version }) => {
    const key = `${id} ${version}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      {
        rule: 'unique-id-and-version',
        where: id,
        reason: `version ${version} is there twice`,
        fix: 'Give one of them another id, or a higher version',
      },
    ];
  });
}
