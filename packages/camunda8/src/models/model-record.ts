import type { DeployedProcess } from '../gateway/messages.ts';

/** Where deployed models are kept in the journal, by the hash of their content. */
export const modelNamespace = 'camunda8.model';

/** A model that was deployed from here, and what the cluster made of it. */
export interface ModelRecord {
  readonly name: string;
  readonly content: string;
  readonly tenantId?: string;
  readonly processes: readonly DeployedProcess[];
}

export function readModelRecord(text: string): ModelRecord {
  return JSON.parse(text);
}
