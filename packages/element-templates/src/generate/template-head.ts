import type { TemplateMetadata } from '@bpmn-connectors/sdk';
import type { ElementTemplate } from '../template/element-template.ts';
import { defaultIcon } from './default-icon.ts';
import type { GenerateOptions } from './generate-templates.ts';

/** Everything of a template but its fields and where it applies. */
export type TemplateHead = Omit<
  ElementTemplate,
  'appliesTo' | 'elementType' | 'groups' | 'properties'
>;

/** The oldest Camunda whose modelers know all that is used. */
const oldestEngine = '^8.3';

/** @returns undefined where Camunda's ids are wanted and there is no such template of Camunda. */
export function templateHead(
  metadata: TemplateMetadata,
  { ids }: GenerateOptions,
): TemplateHead | undefined {
  const { name, description, keywords, documentationRef, deprecated } = metadata;
  const identity = ids === 'camunda' ? metadata.camunda : metadata;
  if (identity === undefined) return undefined;
  return {
    $schema: 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json',
    name,
    id: identity.id,
    version: identity.version,
    ...(description === undefined ? {} : { description }),
    ...(keywords === undefined ? {} : { keywords }),
    ...(documentationRef === undefined ? {} : { documentationRef }),
    ...(deprecated === undefined ? {} : { deprecated: { message: deprecated } }),
    category: { id: 'connectors', name: 'Connectors' },
    engines: { camunda: oldestEngine },
    icon: { contents: metadata.icon ?? defaultIcon },
  };
}
