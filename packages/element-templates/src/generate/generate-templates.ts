import type { InboundDefinition, OutboundDefinition } from '@bpmn-connectors/sdk';
import type { ElementTemplate } from '../template/element-template.ts';
import { fileName } from './file-name.ts';
import { generateInbound } from './generate-inbound.ts';
import { generateOutbound } from './generate-outbound.ts';

/** How templates are made. */
export interface GenerateOptions {
  /**
   * `camunda`: ids and versions of Camunda's templates, so that models made with those are shown and edited with
   * ours; connectors that Camunda does not have are left out. @default 'own'
   */
  readonly ids?: 'own' | 'camunda';
}

/** A template and the file it belongs in. */
export interface TemplateFile {
  /** Without ending: `aws-eventbridge-outbound`. */
  readonly name: string;
  readonly template: ElementTemplate;
}

/**
 * Makes the element templates of a connector from its definition: its zod schema and what `field` says of it.
 * @example
 * for (const { name, template } of generateTemplates(smsDefinition)) {
 *   await writeFile(`element-templates/${name}.json`, writeTemplate(template));
 * }
 */
export function generateTemplates(
  definition: OutboundDefinition | InboundDefinition,
  options: GenerateOptions = {},
): readonly TemplateFile[] {
  if (definition.kind === 'inbound') return generateInbound(definition, options);
  const template = generateOutbound(definition, options);
  return template === undefined ? [] : [{ name: fileName(definition.template), template }];
}
