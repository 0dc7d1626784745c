import type { ElementField, InboundDefinition, TemplateElement } from '@bpmn-connectors/sdk';
import type { TemplatePanelGroup, TemplateProperty } from '../template/element-template.ts';
import { correlationFields } from './correlation-fields.ts';
import { deduplicationFields } from './deduplication-fields.ts';

/** Groups of the fields that every inbound connector has. */
export const inboundGroups: readonly TemplatePanelGroup[] = [
  { id: 'activation', label: 'Which events' },
  { id: 'correlation', label: 'Which instance' },
  { id: 'messages', label: 'Message' },
  { id: 'deduplication', label: 'Shared endpoints and redeliveries' },
  { id: 'variable-mapping', label: 'Result' },
];

const property = (name: string) => ({ type: 'zeebe:property', name }) as const;

/** Type, subtype, and a message of its own for each application of the template. */
export const inboundHidden = (
  { type, subtype }: Pick<InboundDefinition, 'type' | 'subtype'>,
  element: TemplateElement,
): readonly TemplateProperty[] => [
  { id: 'inbound.type', type: 'Hidden', value: type, binding: property('inbound.type') },
  ...(subtype === undefined
    ? []
    : [
        {
          id: 'inbound.subtype',
          type: 'Hidden',
          value: subtype,
          binding: property('inbound.subtype'),
        } as const,
      ]),
  ...(element === 'startEvent'
    ? []
    : [
        {
          id: 'messageName',
          type: 'Hidden',
          generatedValue: { type: 'uuid' },
          binding: { type: 'bpmn:Message#property', name: 'name' },
        } as const,
      ]),
];

const activationFields: readonly TemplateProperty[] = [
  {
    id: 'consumeUnmatchedEvents',
    label: 'Take events that do not meet the condition',
    tooltip:
      'They are answered with 200 and do nothing. Otherwise they are answered with 422, which makes most senders give them up.',
    type: 'Boolean',
    value: true,
    group: 'activation',
    binding: property('consumeUnmatchedEvents'),
  },
  {
    id: 'activationCondition',
    label: 'Condition',
    description: 'Takes only events for which it is true',
    tooltip:
      'Names with a hyphen are read with <code>get value(request.body, "detail-type")</code>.',
    placeholder: 'request.body.detail.status = "received"',
    type: 'String',
    feel: 'required',
    optional: true,
    group: 'activation',
    binding: property('activationCondition'),
  },
];

const resultFields: readonly TemplateProperty[] = [
  {
    id: 'resultVariable',
    label: 'Result variable',
    description: 'Variable that takes the whole request',
    type: 'String',
    optional: true,
    group: 'variable-mapping',
    binding: property('resultVariable'),
  },
  {
    id: 'resultExpression',
    label: 'Result expression',
    description: 'Variables made of the request',
    tooltip: 'FEEL that gives a context; each entry becomes a variable.',
    placeholder: '{orderId: request.body.detail.orderId}',
    type: 'Text',
    feel: 'required',
    optional: true,
    group: 'variable-mapping',
    binding: property('resultExpression'),
  },
];

const messageIdField: TemplateProperty = {
  id: 'messageIdExpression',
  label: 'Message ID expression',
  description: 'Same ID, same event: the second is not taken',
  tooltip: "Where empty, the event's own ID counts, if it has one.",
  placeholder: 'request.body.id',
  type: 'String',
  feel: 'required',
  optional: true,
  group: 'messages',
  binding: property('messageIdExpression'),
};

const synchronousField: TemplateProperty = {
  id: 'synchronousResponse',
  label: 'The sender is answered',
  type: 'Dropdown',
  value: 'false',
  choices: [
    { name: 'as soon as the event is in', value: 'false' },
    { name: 'when the instance has its result', value: 'true' },
  ],
  group: 'messages',
  binding: property('synchronousResponse'),
};

const timeToLiveField: TemplateProperty = {
  id: 'messageTtl',
  label: 'Time to live',
  description: 'How long an event waits for its instance (ISO 8601 duration); an hour where empty',
  placeholder: 'PT1H',
  type: 'String',
  optional: true,
  constraints: {
    notEmpty: false,
    pattern: { value: '^(PT.*|)$', message: 'A duration as in PT1H' },
  },
  group: 'messages',
  binding: property('messageTtl'),
};

/** What the connector runtime reads of an inbound element (Camunda's names). */
export function inboundFields(
  element: TemplateElement,
  offered: readonly ElementField[],
): readonly TemplateProperty[] {
  const hasMessage = element !== 'startEvent';
  return [
    ...activationFields,
    ...correlationFields(element),
    ...(offered.includes('synchronousResponse') ? [synchronousField] : []),
    ...(hasMessage ? [messageIdField] : []),
    ...(hasMessage && offered.includes('messageTtl') ? [timeToLiveField] : []),
    ...deduplicationFields(offered),
    ...resultFields,
  ];
}
