import type { ElementTemplate } from '../../template/element-template.ts';
import { nameOfProperty } from '../name-of-property.ts';
import type { TemplateProblem } from '../template-problem.ts';

/** Every property shown is in a group that is there; every group has properties and is there once. */
export function checkGroups({ groups, properties }: ElementTemplate): readonly TemplateProblem[] {
  const ids = groups.map(({ id }) => id);
  const shown = properties.filter(({ type }) => type !== 'Hidden');
  return [
    ...shown
      .filter(({ group }) => group === undefined || !ids.includes(group))
      .map((property) => ({
        rule: 'group-target-exists',
        where: `property ${nameOfProperty(property)}`,
        reason: `its group ${property.group ?? '(none)'} is not there`,
        fix: `Use one of ${ids.join(', ')}, or add the group`,
      })),
    ...ids
      .filter((id) => shown.every(({ group }) => group !== id))
      .map((id) => ({
        rule: 'empty-group',
        where: `group ${id}`,
        reason: 'it has no property',
        fix: 'Remove it',
      })),
    ...ids
      .filter((id, index) => ids.indexOf(id) !== index)
      .map((id) => ({
        rule: 'unique-group-id',
        where: `group ${id}`,
        reason: 'it is there twice',
        fix: 'Give each group an id of its own',
      })),
  ];
}
