import type { Problem } from '@bpmn-connectors/bpmn';
import type { DeployedInboundElement, InboundConnector } from '@bpmn-connectors/sdk';
import type { CompiledElement } from '../inbound/compiled-element.ts';

/** Elements that share one endpoint, and what the model says of it. */
export interface EndpointPlan {
  /** The same for the same elements and endpoint properties. */
  readonly id: string;
  readonly connector: InboundConnector;
  /** Tenant and process: what has the same is of one owner. */
  readonly owner: string;
  /** Endpoint properties as written. */
  readonly written: Readonly<Record<string, string>>;
  /** At least one; newest versions first. */
  readonly elements: readonly CompiledElement[];
}

/** An element that cannot be served. */
export interface ElementFailure {
  readonly element: DeployedInboundElement;
  readonly problems: readonly Problem[];
}
