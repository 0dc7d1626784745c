import type { TemplateCondition, TemplateProperty } from '../template/element-template.ts';

/** One condition on one other property. */
export type SingleCondition = Exclude<TemplateCondition, { readonly allMatch: unknown }>;

/** All conditions that have to hold for a property to be there. */
export function conditionsOf({ condition }: TemplateProperty): readonly SingleCondition[] {
  if (condition === undefined) return [];
  return 'allMatch' in condition ? condition.allMatch : [condition];
}

/** Values that a condition asks for; none where it asks whether the other is there. */
export function wantedValues(condition: SingleCondition): readonly (string | boolean)[] {
  if ('equals' in condition) return [condition.equals];
  return 'oneOf' in condition ? condition.oneOf : [];
}
