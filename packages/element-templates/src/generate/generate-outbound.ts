import type { OutboundDefinition } from '@bpmn-connectors/sdk';
import type { ElementTemplate, TemplateProperty } from '../template/element-template.ts';
import { arrangeProperties } from './arrange-properties.ts';
import type { GenerateOptions } from './generate-templates.ts';
import { outboundFields, outboundGroups, outboundHidden } from './outbound-fields.ts';
import { readFields } from './read-fields.ts';
import { templateHead } from './template-head.ts';
import { type PropertyStyle, toProperty } from './to-property.ts';

const inputs: PropertyStyle = {
  bind: (name) => ({ type: 'zeebe:input', name }),
  feel: 'optional',
};
const headers: PropertyStyle = {
  bind: (key) => ({ type: 'zeebe:taskHeader', key }),
  feel: 'off',
};

/** The template of an outbound connector: for service tasks. */
export function generateOutbound(
  definition: OutboundDefinition,
  options: GenerateOptions,
): ElementTemplate | undefined {
  const { type, template, input } = definition;
  const head = templateHead(template, options);
  if (head === undefined) return undefined;
  const own = [
    ...propertiesOf(input, inputs),
    ...(definition.headers === undefined ? [] : propertiesOf(definition.headers, headers)),
  ];
  return {
    ...head,
    appliesTo: ['bpmn:Task'],
    elementType: { value: 'bpmn:ServiceTask' },
    ...arrangeProperties([...outboundHidden(type, head), ...own, ...outboundFields], {
      own: template.groups ?? [],
      common: outboundGroups,
    }),
  };
}

const propertiesOf = (
  schema: OutboundDefinition['input'],
  style: PropertyStyle,
): readonly TemplateProperty[] =>
  readFields(schema).flatMap((field) => toProperty(field, style) ?? []);
