import type { ElementTemplate } from '../../template/element-template.ts';
import { nameOfProperty } from '../name-of-property.ts';
import type { TemplateProblem } from '../template-problem.ts';

/** Defaults of dropdowns are choices, those that must be FEEL begin with `=`. */
export const checkDefaults = ({ properties }: ElementTemplate): readonly TemplateProblem[] =>
  properties.flatMap((property) => {
    const { value, choices, feel } = property;
    const where = `property ${nameOfProperty(property)}`;
    const isChoice = choices === undefined || choices.some((choice) => choice.value === value);
    const isFeel = feel !== 'required' || value === undefined || String(value).startsWith('=');
    return [
      ...(value === undefined || isChoice
        ? []
        : [
            {
              rule: 'default-value-in-choices',
              where,
              reason: `its default ${value} is no choice of it`,
              fix: `Use one of ${choices.map((choice) => choice.value).join(', ')}`,
            },
          ]),
      ...(isFeel
        ? []
        : [
            {
              rule: 'feel-default',
              where,
              reason: 'its value has to be FEEL, and its default does not begin with =',
              fix: `Write =${value}`,
            },
          ]),
    ];
  });
