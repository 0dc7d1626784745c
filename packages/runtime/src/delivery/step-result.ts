import type { Unprocessable } from '@bpmn-connectors/sdk';

/** Steps at which a delivery can turn out to be unprocessable. */
type DeliveryStep = 'condition' | 'message-id' | 'correlation-key' | 'variables' | 'send';

/** Why an authentic event cannot be processed. */
export interface StepFailure {
  readonly step: DeliveryStep;
  readonly code: Unprocessable['code'];
  /** Holds no payload values. */
  readonly message: string;
}

/** What a step came to. */
export type StepResult<Value> =
  | { readonly value: Value; readonly failure?: undefined }
  | { readonly failure: StepFailure };

/** The message of an error that an evaluation threw; FEEL's hold no payload. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'unknown error';
