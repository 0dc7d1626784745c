import { startZeebe } from '@bpmn-connectors/testing/zeebe';
import { afterAll, describe, expect, test } from '@jest/globals';
import { inboundVersions, outboundVersions } from './modeling/camunda-templates.ts';
import { driveOnCluster } from './modeling/drive-on-cluster.ts';
import { isOutbound } from './modeling/field-values.ts';
import { processOf } from './modeling/process-of.ts';
import { rootTemplates } from './modeling/root-templates.ts';

const zeebe = await startZeebe({ kind: 'engine' });
afterAll(() => zeebe.stop());

describe('on Zeebe 8.8, a process made with the template', () => {
  test.each(rootTemplates)(
    '%s runs to its end',
    async (name, template) => {
      const { model, drive } = await processOf(name, template);
      const { variables, sent } = await driveOnCluster(zeebe.grpcAddress, model, drive);
      if (isOutbound(template)) {
        expect(sent).toEqual([{ orderId: 'A1' }]);
        expect(variables['eventId']).toEqual(expect.any(String));
      } else {
        expect(variables['received']).toBe('A1');
      }
    },
    60_000,
  );
});

describe("on Zeebe 8.8, what Camunda's template writes", () => {
  test.each(outboundVersions)(
    'in version $name of the outbound template puts the same event on the bus',
    async ({ model, drive }) => {
      const { variables, sent } = await driveOnCluster(zeebe.grpcAddress, model, drive);
      expect(variables['eventId']).toEqual(expect.any(String));
      expect(sent).toEqual([{ orderId: 'A1' }]);
    },
    60_000,
  );

  test.each(inboundVersions)(
    'in $name, takes the same event',
    async ({ model, drive }) => {
      const { variables } = await driveOnCluster(zeebe.grpcAddress, model, drive);
      expect(variables['received']).toBe('A1');
    },
    60_000,
  );
});
