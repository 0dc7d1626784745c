import type { JsonObject, Outcome } from '@bpmn-connectors/sdk';

/** An event that goes on. */
export interface ForwardedEvent {
  /** Webhook id. */
  readonly endpoint: string;
  readonly variables: JsonObject;
  /** The same each time that the event comes; undefined where nothing can tell. */
  readonly idempotencyKey: string | undefined;
}

/** Where events go. */
export interface Target {
  /** Rejects never: trouble is an outcome. */
  send(event: ForwardedEvent): Promise<Outcome>;
  close(): Promise<void>;
}
