import type { Health } from '@bpmn-connectors/sdk';
import type { ManagementOptions } from './management-options.ts';

/** Health of the whole: as bad as its worst part. */
export interface HealthAssessment {
  readonly status: Health['status'];
  readonly parts: { readonly processRuntime: Health; readonly connectorRuntime: Health };
}

const order: readonly Health['status'][] = ['down', 'degraded', 'up'];

/** Asks the parts how they are. */
export async function assessHealth({
  processRuntime,
  connectorRuntime,
}: Pick<ManagementOptions, 'processRuntime' | 'connectorRuntime'>): Promise<HealthAssessment> {
  const [process, connectors] = await Promise.all([
    processRuntime.health(),
    connectorRuntime.health(),
  ]);
  const status = order.find((one) => one === process.status || one === connectors.status) ?? 'up';
  return { status, parts: { processRuntime: process, connectorRuntime: connectors } };
}
