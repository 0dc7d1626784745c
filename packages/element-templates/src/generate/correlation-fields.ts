import type { TemplateElement } from '@bpmn-connectors/sdk';
import type { TemplateCondition, TemplateProperty } from '../template/element-template.ts';

/**
 * The two sides of a correlation. At the start of a process there is none, but a message start event may stand
 * in an event sub-process, so there it can be chosen, as in Camunda's templates.
 */
export function correlationFields(element: TemplateElement): readonly TemplateProperty[] {
  if (element === 'startEvent') return [];
  if (element !== 'messageStartEvent') return keys();
  return [
    {
      id: 'correlationRequired',
      label: 'Correlation',
      description: 'Only in event sub-processes: the event goes to one instance',
      type: 'Dropdown',
      value: 'notRequired',
      choices: [
        { name: 'Not needed', value: 'notRequired' },
        { name: 'Needed', value: 'required' },
      ],
      group: 'correlation',
      binding: { type: 'zeebe:property', name: 'correlationRequired' },
    },
    ...keys({ property: 'correlationRequired', equals: 'required', type: 'simple' }),
  ];
}

const keys = (condition?: TemplateCondition): readonly TemplateProperty[] => [
  {
    id: 'correlationKeyProcess',
    label: 'Correlation key (process)',
    description: 'Value of the waiting instance',
    placeholder: 'orderId',
    type: 'String',
    feel: 'required',
    constraints: { notEmpty: true },
    group: 'correlation',
    binding: { type: 'bpmn:Message#zeebe:subscription#property', name: 'correlationKey' },
    ...(condition === undefined ? {} : { condition }),
  },
  {
    id: 'correlationKeyExpression',
    label: 'Correlation key (event)',
    description: 'Value in the request that must equal it',
    placeholder: 'request.body.detail.orderId',
    type: 'String',
    feel: 'required',
    constraints: { notEmpty: true },
    group: 'correlation',
    binding: { type: 'zeebe:property', name: 'correlationKeyExpression' },
    ...(condition === undefined ? {} : { condition }),
  },
];
