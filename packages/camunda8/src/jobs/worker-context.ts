import type { Clock, Logger } from '@bpmn-connectors/sdk';
import type { Gateway } from '../gateway/gateway.ts';

/** How jobs are fetched. */
interface JobOptions {
  /** Whether the cluster pushes jobs (Zeebe 8.4 and later). Polling goes on beside it, more slowly. */
  readonly streaming: boolean;
  /** Milliseconds between two requests for jobs when there are none. */
  readonly pollIntervalMs: number;
}

/** What all workers of a process runtime share. */
export interface WorkerContext {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Tells operators of the cluster who has a job. */
  readonly workerName: string;
  readonly tenantId: string | undefined;
  readonly jobs: JobOptions;
  /**
   * Input mappings of an element as written, where the model is known. While models are being read or deployed
   * it waits for them, until the signal aborts: without mappings a secret that the model names would go out
   * unresolved.
   */
  readonly inputsOf: (
    processDefinitionKey: string,
    elementId: string,
    signal: AbortSignal,
  ) => Promise<Readonly<Record<string, string>> | undefined>;
}
