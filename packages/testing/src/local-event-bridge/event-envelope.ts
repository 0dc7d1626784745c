import type { JsonObject } from '@bpmn-connectors/sdk';

/** An event as rules see it and targets get it. */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 with whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** An event that a bus took. */
export interface AcceptedEvent {
  /** Name of the bus. */
  readonly eventBusName: string;
  readonly envelope: EventEnvelope;
  /** The envelope as JSON; `detail` is the sender's own text, so no digit of a number is lost. */
  readonly json: string;
}
