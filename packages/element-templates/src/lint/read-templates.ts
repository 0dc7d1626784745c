import { ConnectorError } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import type { ElementTemplate } from '../template/element-template.ts';

const condition = z.object({
  property: z.string(),
  equals: z.union([z.string(), z.boolean()]).optional(),
  oneOf: z.array(z.string()).optional(),
  isActive: z.boolean().optional(),
});

/** As much as the rules look at. Whether it is a template at all is for Camunda's schema to say. */
const TemplateSchema = z.looseObject({
  id: z.string(),
  version: z.number().default(0),
  name: z.string().default(''),
  appliesTo: z.array(z.string()),
  elementType: z
    .object({ value: z.string(), eventDefinition: z.string().exactOptional() })
    .prefault({ value: '' }),
  engines: z.looseObject({ camunda: z.string() }).default({ camunda: '^8.0' }),
  icon: z.object({ contents: z.string() }).default({ contents: 'data:image/svg+xml,' }),
  groups: z.array(z.looseObject({ id: z.string(), label: z.string() })).default([]),
  properties: z.array(
    z.looseObject({
      id: z.string().exactOptional(),
      type: z.string().default('String'),
      binding: z.looseObject({ type: z.string() }),
      condition: z.union([z.looseObject({ allMatch: z.array(condition) }), condition]).optional(),
    }),
  ),
});

const isTemplate = (value: unknown): value is ElementTemplate =>
  TemplateSchema.safeParse(value).success;

/**
 * Reads a file of templates: one, or a list of them.
 * @throws {ConnectorError} `TEMPLATE_UNREADABLE` it is no JSON, or something in it is no template.
 */
export function readTemplates(text: string): readonly ElementTemplate[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConnectorError('TEMPLATE_UNREADABLE', 'It is not JSON');
  }
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  return list.map((one) => {
    if (isTemplate(one)) return one;
    const { error } = TemplateSchema.safeParse(one);
    const { path = [], message = '' } = error?.issues[0] ?? {};
    throw new ConnectorError(
      'TEMPLATE_UNREADABLE',
      `It is no element template: ${path.map(String).join('.')} ${message}`,
    );
  });
}
