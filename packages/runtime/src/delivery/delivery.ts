import type {
  Claims,
  Clock,
  InboundEvent,
  InboundTarget,
  Logger,
  Outcome,
  Unavailable,
} from '@bpmn-connectors/sdk';
import type { DeadLetterBox } from '../dead-letters/create-dead-letter-box.ts';
import type { LetterOrigin } from '../dead-letters/dead-letter.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';

/** What deliveries are processed with. */
export interface DeliveryEnvironment {
  readonly send: InboundTarget['send'];
  readonly deduplicates?: InboundTarget['deduplicates'];
  readonly claims: Claims;
  readonly letters: DeadLetterBox;
  readonly logger: Logger;
  readonly clock: Clock;
  /** For messages of elements that say nothing of it. */
  readonly messageTtlMs: number;
  /** How long a sender is left waiting, for the process runtime or for the first of two duplicates. */
  readonly answerDeadlineMs: number;
  readonly consumeUnmatchedByDefault?: boolean;
  /** Is told what may go on after the sender was answered. */
  readonly track: (work: Promise<unknown>) => void;
}

/** An event, and the endpoint that took it. */
export interface Delivery {
  readonly event: InboundEvent;
  /** Newest versions first. */
  readonly elements: readonly CompiledElement[];
  readonly origin: LetterOrigin;
  /** Masks the endpoint's secrets in what is kept. */
  readonly mask: (text: string) => string;
  /** Is told that nothing can tell whether the event comes again. */
  readonly onWithoutId: () => void;
  /** The dead letter that this is a replay of. */
  readonly letterId: string | undefined;
}

/** The element that takes an event, and by what the event is known. */
export interface Taken {
  readonly compiled: CompiledElement;
  readonly messageId: string | undefined;
  /** Of the claim. Undefined: not deduplicated. */
  readonly key: string | undefined;
  /** When the sender has to be answered, in epoch milliseconds. */
  readonly until: number;
}

/** Trouble of our own, or of the process runtime: the sender is asked to come again. */
export const unavailable = (code: Unavailable['code'], message: string): Unavailable => ({
  status: 'unavailable',
  code,
  message,
});

/** Whether the event is in. */
export const isSuccess = (
  outcome: Outcome,
): outcome is Extract<Outcome, { status: 'started' | 'correlated' | 'accepted' | 'duplicate' }> =>
  outcome.status === 'started' ||
  outcome.status === 'correlated' ||
  outcome.status === 'accepted' ||
  outcome.status === 'duplicate';
