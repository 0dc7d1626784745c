import type { DeployedInboundElement } from '@bpmn-connectors/sdk';

/** What is kept in memory of a deployed version of a process. */
export interface KnownProcess {
  readonly processId: string;
  readonly version: number;
  readonly processDefinitionKey: string;
  readonly inboundElements: readonly DeployedInboundElement[];
  /** Element id → input mappings as written. */
  readonly inputs: ReadonlyMap<string, Readonly<Record<string, string>>>;
}
