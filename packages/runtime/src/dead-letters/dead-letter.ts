import type { RawDelivery } from '@bpmn-connectors/sdk';
import type { StepFailure } from '../delivery/step-result.ts';

/** Which endpoint took a delivery. */
export interface LetterOrigin {
  readonly connectorType: string;
  readonly address: string;
  readonly webhookId: string;
}

/** An authentic event that could not be processed, without what was received. */
export interface DeadLetter extends StepFailure {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly origin: LetterOrigin;
  /** What a later success of the same event is recognised by. */
  readonly keys: readonly string[];
  /** Bytes it takes, the body and what came with it. */
  readonly bytes: number;
}

/** A letter about to be kept. With `id` it takes the place of an earlier one. */
export interface NewDeadLetter extends StepFailure {
  readonly id?: string;
  readonly origin: LetterOrigin;
  readonly keys: readonly string[];
  readonly raw: RawDelivery;
}
