import type { WebhookCode } from '../webhook-codes.ts';

/** A request that goes no further. */
export interface Refused {
  readonly code: WebhookCode;
  /** The step that refused it. */
  readonly step: string;
  /** Why, for the operator; the sender is told `code` alone. */
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the sender, who is known: nothing of the operator's. */
  readonly detail?: string;
  /** Where it is not the operator's default. */
  readonly retryAfterSeconds?: number;
}

/** What a step of the pipeline comes to. Kept apart by a key of ours, never by what the sender sent. */
export type StepResult<T> =
  | { readonly value: T; readonly refused?: never }
  | { readonly refused: Refused; readonly value?: never };

/** Ends the pipeline. */
export const refuse = (
  step: string,
  code: WebhookCode,
  more: Omit<Refused, 'step' | 'code'> = {},
): { readonly refused: Refused } => ({ refused: { step, code, ...more } });
