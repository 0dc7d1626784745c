import { describe, expect, test } from '@jest/globals';
import { driveModel } from './modeling/drive-model.ts';
import { isOutbound } from './modeling/field-values.ts';
import { processOf } from './modeling/process-of.ts';
import { rootTemplates } from './modeling/root-templates.ts';

describe('a process made with the template', () => {
  test.each(rootTemplates)('%s runs to its end', async (name, template) => {
    const { model, drive } = await processOf(name, template);
    expect(model).toContain(`zeebe:modelerTemplate="${template.id}"`);
    const { instance, sent } = await driveModel(model, drive);
    expect(instance.state).toBe('completed');
    if (isOutbound(template)) {
      expect(sent).toEqual([{ orderId: 'A1' }]);
      expect(instance.variables['eventId']).toEqual(expect.any(String));
    } else {
      expect(instance.variables['received']).toBe('A1');
    }
  });
});
