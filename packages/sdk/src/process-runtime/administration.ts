import type { JsonObject } from '../json/json-value.ts';

/** `incident`: an active instance that has at least one unresolved incident. */
export type InstanceState = 'active' | 'completed' | 'terminated' | 'incident';

/** A process instance as operators see it. */
export interface InstanceView {
  readonly key: string;
  readonly processId: string;
  readonly version: number;
  readonly state: InstanceState;
  /** Variables of the root scope. */
  readonly variables: JsonObject;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601. */
  readonly endedAt?: string;
  /** Live elements of the instance. */
  readonly elements: readonly {
    readonly elementId: string;
    readonly state: 'active' | 'incident';
  }[];
}

/** Something that stopped an instance and waits for a person. */
export interface IncidentView {
  readonly key: string;
  readonly instanceKey: string;
  readonly processId: string;
  readonly elementId: string;
  /** Zeebe's names: `JOB_NO_RETRIES`, `IO_MAPPING_ERROR`, `CONDITION_ERROR`, `EXTRACT_VALUE_ERROR`, `UNHANDLED_ERROR_EVENT`. */
  readonly code: string;
  readonly message: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it back to get the next page; null at the end. */
  readonly cursor: string | null;
}

/** Which instances to list. */
export interface InstanceQuery {
  readonly processId?: string;
  readonly state?: InstanceState;
  readonly cursor?: string;
  /** At most so many; default 50, at most 500. */
  readonly limit?: number;
}

/** Which incidents to list. */
export interface IncidentQuery {
  readonly instanceKey?: string;
  readonly cursor?: string;
  readonly limit?: number;
}
