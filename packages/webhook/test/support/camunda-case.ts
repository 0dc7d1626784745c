import { readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

/** A command that Camunda's connectors gave to the engine. */
export type CamundaCommand =
  | {
      readonly command: 'createProcessInstance';
      readonly bpmnProcessId: string;
      readonly version: number;
      readonly tenantId: string;
      readonly variables: JsonObject;
    }
  | {
      readonly command: 'publishMessage';
      readonly messageName: string;
      readonly correlationKey: string;
      /** Empty or null: none. */
      readonly messageId: string | null;
      readonly tenantId: string;
      readonly variables: JsonObject;
      readonly timeToLive: string;
    };

/** An element with a webhook, as it was deployed. */
export interface CamundaElement {
  readonly kind: 'start' | 'message' | 'messageStart';
  readonly elementId: string;
  readonly processId: string;
  readonly version: number;
  readonly messageName?: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** One request and what came of it. */
export interface CamundaStep {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly expected: {
    readonly status: number;
    readonly body?: JsonValue;
    readonly engine: readonly CamundaCommand[];
  };
}

/** Requests, and what Camunda's connectors answered and told the engine. */
export interface CamundaCase {
  readonly name: string;
  readonly executables: readonly (readonly CamundaElement[])[];
  readonly secrets?: Readonly<Record<string, string>>;
  /** What the engine answers instead of a success. */
  readonly engine?: { readonly errorStatus?: string };
  readonly steps: readonly CamundaStep[];
}

/** Where we answer or decide otherwise, on purpose. */
export interface CamundaDifference {
  readonly case: string;
  /** Index of the step; absent: all steps. */
  readonly step?: number;
  readonly status?: number;
  readonly body?: JsonValue;
  /** Of each command. */
  readonly variables?: JsonObject;
  /** Instead of the recorded commands. */
  readonly commands?: readonly CamundaCommand[];
  /** Property for which the model is refused at deployment. */
  readonly refused?: string;
  readonly reason: string;
}

export const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../vectors/${file}`, import.meta.url), 'utf8'));
