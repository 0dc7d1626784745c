import type { ElementTemplate, TemplateProperty } from '../../template/element-template.ts';
import { conditionsOf, type SingleCondition } from '../conditions-of.ts';
import type { TemplateProblem } from '../template-problem.ts';

/** An id is there twice only where never both properties are. */
export function checkIds({ properties }: ElementTemplate): readonly TemplateProblem[] {
  return properties.flatMap((property, index) => {
    const { id } = property;
    const twins = properties.slice(0, index).filter((other) => id !== undefined && other.id === id);
    return twins
      .filter((twin) => !excludesEachOther(twin, property))
      .map(() => ({
        rule: 'unique-property-id',
        where: `property ${id}`,
        reason: 'another property has the same id, and both can be there at once',
        fix: 'Give it an id of its own, or conditions that exclude each other',
      }));
  });
}

const excludesEachOther = (one: TemplateProperty, other: TemplateProperty): boolean =>
  conditionsOf(one).some((a) => conditionsOf(other).some((b) => excludes(a, b)));

function excludes(a: SingleCondition, b: SingleCondition): boolean {
  if (a.property !== b.property) return false;
  if ('isActive' in a && 'isActive' in b) return a.isActive !== b.isActive;
  return 'equals' in a && 'equals' in b && a.equals !== b.equals;
}
