import type { JsonObject, JsonValue, Page } from '@bpmn-connectors/sdk';

/** An authentic event that could not be processed. */
export interface DeadLetterView {
  readonly id: string;
  readonly webhookId: string;
  /** ISO 8601. */
  readonly at: string;
  /** Step at which it stopped. */
  readonly step: string;
  readonly code: string;
  readonly message: string;
}

/** What a step would decide now. */
export interface DeliveryStepView {
  readonly step: string;
  readonly decision: string;
  /**
   * What it decided on: the message id, the correlation key, the variables; where it failed, the parts of the
   * expression that made it fail (`{text, value or error, of}`). Secrets are masked, long values cut.
   */
  readonly value?: JsonValue;
  readonly reason?: string;
}

/** A dead letter with what was received. */
export interface DeadLetterDetail extends DeadLetterView {
  /** What came with the body, credentials and secrets masked. */
  readonly envelope: JsonObject;
  /** Raw bytes. */
  readonly bodyBase64: string;
  /** How far it would come if it were processed now. */
  readonly steps: readonly DeliveryStepView[];
}

/** What became of a replay: the outcome's status, and why it is no success. */
export interface ReplayResult {
  readonly outcome: string;
  readonly reason?: string;
}

/** Which dead letters to list. */
export interface DeadLetterQuery {
  readonly webhookId?: string;
  readonly cursor?: string;
  /** @default 50 */
  readonly limit?: number;
}

/** Dead letters as operators handle them. */
export interface DeadLetters {
  /** Newest first. */
  list(query?: DeadLetterQuery): Promise<Page<DeadLetterView>>;
  /** Undefined: there is none of this id. */
  get(id: string): Promise<DeadLetterDetail | undefined>;
  /** Processes the stored delivery again; a success removes it. Undefined: there is none of this id. */
  replay(id: string): Promise<ReplayResult | undefined>;
}
