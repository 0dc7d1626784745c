import type { JsonObject } from '../json/json-value.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';

/** Work that a process instance waits for. At-least-once: the same job may be handed out again. */
export interface Job {
  readonly key: string;
  readonly type: string;
  readonly processId: string;
  readonly processInstanceKey: string;
  readonly elementId: string;
  readonly elementInstanceKey: string;
  /** Attempts left, this one included. */
  readonly retries: number;
  /** Epoch milliseconds after which the job may be handed out again. */
  readonly deadline: number;
  /** Input mappings are already applied (dots in their targets became nesting). */
  readonly variables: JsonObject;
  /** `zeebe:taskHeaders` of the element. */
  readonly customHeaders: Readonly<Record<string, string>>;
  readonly tenantId?: string;
  /**
   * The element's input mappings as written (target path → source), where the model is known. They
   * decide where a secret may be resolved: only where the model names it.
   */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Of the last event that the process instance took. */
  readonly trace?: TraceContext;
}
