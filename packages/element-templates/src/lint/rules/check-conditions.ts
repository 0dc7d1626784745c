import type { ElementTemplate, TemplateProperty } from '../../template/element-template.ts';
import { conditionsOf, wantedValues } from '../conditions-of.ts';
import { nameOfProperty } from '../name-of-property.ts';
import type { TemplateProblem } from '../template-problem.ts';

/** Conditions name a property before theirs, and one of its choices. */
export const checkConditions = ({ properties }: ElementTemplate): readonly TemplateProblem[] =>
  properties.flatMap((property, index) =>
    conditionsOf(property).flatMap((condition) => {
      const where = `property ${nameOfProperty(property)}`;
      const at = properties.findIndex(({ id }) => id === condition.property);
      const controller = properties[at];
      if (controller === undefined) {
        return {
          rule: 'condition-target-exists',
          where,
          reason: `its condition names ${condition.property}, which is not there`,
          fix: 'Name the id of another property',
        };
      }
      const order: TemplateProblem = {
        rule: 'condition-property-order',
        where,
        reason: `it stands before ${condition.property}, on which it depends`,
        fix: `Move it behind ${condition.property}`,
      };
      return [
        ...(at > index ? [order] : []),
        ...wantedValues(condition).flatMap((value) => unchosen(where, controller, value)),
      ];
    }),
  );

function unchosen(
  where: string,
  controller: TemplateProperty,
  value: string | boolean,
): readonly TemplateProblem[] {
  const { choices, type } = controller;
  const possible = type === 'Boolean' ? [true, false] : choices?.map((choice) => choice.value);
  if (possible === undefined || possible.some((one) => one === value)) return [];
  return [
    {
      rule: 'condition-value-in-choices',
      where,
      reason: `its condition wants ${nameOfProperty(controller)} to be ${value}, which is no choice of it`,
      fix: `Use one of ${possible.join(', ')}`,
    },
  ];
}
