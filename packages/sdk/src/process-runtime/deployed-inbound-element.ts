import type { InboundElement } from '@bpmn-connectors/bpmn';

/**
 * An inbound element with what only a process runtime knows. All three are optional, so that the
 * elements of a model read with `readModel` can be used as they are with an engine of one's own.
 */
export interface DeployedInboundElement extends InboundElement {
  readonly version?: number;
  readonly processDefinitionKey?: string;
  readonly tenantId?: string;
}

/** All inbound elements that are deployed at one moment; the connector runtime works out what changed. */
export interface InboundSnapshot {
  /** Grows with every change. */
  readonly revision: number;
  readonly elements: readonly DeployedInboundElement[];
}
