import { type ElementTemplate, writeTemplate } from '@bpmn-connectors/element-templates';
import { describe, expect, test } from '@jest/globals';
import { applyTemplate } from 'element-templates-cli';
import { baseModel, templateElements } from './modeling/base-model.ts';
import { driveModel } from './modeling/drive-model.ts';
import { isOutbound, valueFor } from './modeling/field-values.ts';
import { rootTemplates } from './modeling/root-templates.ts';

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

describe('a process made with the template', () => {
  test.each(rootTemplates)('%s runs to its end', async (name, template) => {
    const isInSubProcess = name.endsWith('event-sub-process');
    const startsProcess = template.elementType.value === 'bpmn:StartEvent' && !isInSubProcess;
    const model = await applyTemplate(
      baseModel(template.elementType.value, isInSubProcess),
      writeTemplate(filledIn(template, name)),
      elementOf(template),
    );
    expect(model).toContain(`zeebe:modelerTemplate="${template.id}"`);
    const outbound = isOutbound(template);
    const { instance, sent } = await driveModel(model, {
      startsByHand: !startsProcess,
      webhookId: outbound ? undefined : name,
    });
    expect(instance.state).toBe('completed');
    if (outbound) {
      expect(sent).toEqual([{ orderId: 'A1' }]);
      expect(instance.variables['eventId']).toEqual(expect.any(String));
    } else {
      expect(instance.variables['received']).toBe('A1');
    }
  });
});
