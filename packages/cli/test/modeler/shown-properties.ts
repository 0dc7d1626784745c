import type { TemplateCondition, TemplateProperty } from '@bpmn-connectors/element-templates';

/** What fields hold, by their id. */
export type FieldState = ReadonlyMap<string, string | boolean | undefined>;

type Condition = Exclude<TemplateCondition, { readonly allMatch: unknown }>;

const conditionsOf = ({ condition }: TemplateProperty): readonly Condition[] => {
  if (condition === undefined) return [];
  return 'allMatch' in condition ? condition.allMatch : [condition];
};

function holds(condition: Condition, state: FieldState): boolean {
  const value = state.get(condition.property);
  if ('equals' in condition) return value === condition.equals;
  if ('oneOf' in condition) return condition.oneOf.some((one) => one === value);
  return (value !== undefined) === condition.isActive;
}

/** The fields that a panel shows, in its order. */
export const shownProperties = (
  properties: readonly TemplateProperty[],
  state: FieldState,
): readonly TemplateProperty[] =>
  properties.filter(
    (property) =>
      property.type !== 'Hidden' &&
      conditionsOf(property).every((condition) => holds(condition, state)),
  );
