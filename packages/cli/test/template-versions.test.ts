import { describe, expect, test } from '@jest/globals';
import { inboundVersions, outboundVersions } from './modeling/camunda-templates.ts';
import { driveModel } from './modeling/drive-model.ts';

describe("what Camunda's template writes", () => {
  test.each(outboundVersions)(
    'in version $name of the outbound template puts the same event on the bus',
    async ({ model, drive }) => {
      const { instance, sent } = await driveModel(model, drive);
      expect(instance).toMatchObject({
        state: 'completed',
        variables: { eventId: expect.any(String) },
      });
      expect(sent).toEqual([{ orderId: 'A1' }]);
    },
  );

  test.each(inboundVersions)('in $name, takes the same event', async ({ model, drive }) => {
    const { instance } = await driveModel(model, drive);
    expect(instance).toMatchObject({ state: 'completed', variables: { received: 'A1' } });
  });
});
