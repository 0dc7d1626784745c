import { type ElementTemplate, writeTemplate } from '@bpmn-connectors/element-templates';
import { applyTemplate } from 'element-templates-cli';
import { baseModel, templateElements } from './base-model.ts';
import type { Drive } from './drive-model.ts';
import { isOutbound, valueFor } from './field-values.ts';

/** The template as it is once a person has filled it in. */
const filledIn = (template: ElementTemplate, webhookId: string): ElementTemplate => ({
  ...template,
  properties: template.properties.map((property) => {
    const value = valueFor(template, property, webhookId);
    if (value === undefined) return property;
    const { generatedValue: _, ...rest } = property;
    return { ...rest, value };
  }),
});

const elementOf = ({ elementType: { value } }: ElementTemplate): string =>
  Object.entries(templateElements).find(([type]) => type === value)?.[1] ?? '';

/** The smallest process of a template that was applied and filled in, and how it is driven. */
export async function processOf(
  name: string,
  template: ElementTemplate,
): Promise<{ readonly model: string; readonly drive: Drive }> {
  const isInSubProcess = name.endsWith('event-sub-process');
  const startsProcess = template.elementType.value === 'bpmn:StartEvent' && !isInSubProcess;
  const model = await applyTemplate(
    baseModel(template.elementType.value, isInSubProcess),
    writeTemplate(filledIn(template, name)),
    elementOf(template),
  );
  const webhookId = isOutbound(template) ? undefined : name;
  return { model, drive: { startsByHand: !startsProcess, webhookId } };
}
