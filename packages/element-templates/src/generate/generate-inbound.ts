import type { InboundDefinition, TemplateElement, TemplateMetadata } from '@bpmn-connectors/sdk';
import type { ElementTemplate, TemplateProperty } from '../template/element-template.ts';
import { arrangeProperties } from './arrange-properties.ts';
import { fileName } from './file-name.ts';
import type { GenerateOptions, TemplateFile } from './generate-templates.ts';
import { inboundFields, inboundGroups, inboundHidden } from './inbound-fields.ts';
import { readFields } from './read-fields.ts';
import { templateHead } from './template-head.ts';
import { templatesForElements } from './templates-for-elements.ts';
import { type PropertyStyle, toProperty } from './to-property.ts';

const message = 'bpmn:MessageEventDefinition';

/** A throw event may become a catch event, a task a receive task. */
const targets: Readonly<
  Record<TemplateElement, Pick<ElementTemplate, 'appliesTo' | 'elementType'>>
> = {
  startEvent: { appliesTo: ['bpmn:StartEvent'], elementType: { value: 'bpmn:StartEvent' } },
  messageStartEvent: {
    appliesTo: ['bpmn:StartEvent'],
    elementType: { value: 'bpmn:StartEvent', eventDefinition: message },
  },
  intermediateCatchEvent: {
    appliesTo: ['bpmn:IntermediateCatchEvent', 'bpmn:IntermediateThrowEvent'],
    elementType: { value: 'bpmn:IntermediateCatchEvent', eventDefinition: message },
  },
  boundaryEvent: {
    appliesTo: ['bpmn:BoundaryEvent'],
    elementType: { value: 'bpmn:BoundaryEvent', eventDefinition: message },
  },
  receiveTask: { appliesTo: ['bpmn:Task'], elementType: { value: 'bpmn:ReceiveTask' } },
  eventSubProcessStart: {
    appliesTo: ['bpmn:StartEvent'],
    elementType: { value: 'bpmn:StartEvent', eventDefinition: message },
  },
};

const properties: PropertyStyle = {
  bind: (name) => ({ type: 'zeebe:property', name }),
  feel: 'off',
};

/** The templates of an inbound connector, one for each element. */
export function generateInbound(
  definition: InboundDefinition,
  options: GenerateOptions,
): readonly TemplateFile[] {
  const own =
    definition.properties === undefined
      ? []
      : readFields(definition.properties).flatMap((field) => toProperty(field, properties) ?? []);
  return definition.templates.flatMap(templatesForElements).flatMap(({ element, metadata }) => {
    const template = generateFor(definition, own, element, metadata, options);
    return template === undefined ? [] : [{ name: fileName(metadata), template }];
  });
}

function generateFor(
  definition: InboundDefinition,
  own: readonly TemplateProperty[],
  element: TemplateElement,
  metadata: TemplateMetadata,
  options: GenerateOptions,
): ElementTemplate | undefined {
  const head = templateHead(metadata, options);
  if (head === undefined) return undefined;
  const common = inboundFields(element, definition.elementFields ?? ['messageTtl']);
  return {
    ...head,
    ...targets[element],
    ...arrangeProperties([...inboundHidden(definition, element), ...own, ...common], {
      own: metadata.groups ?? [],
      common: inboundGroups,
    }),
  };
}
