import {
  type Claims,
  type Clock,
  type InboundConnector,
  type InboundTarget,
  type Journal,
  type Logger,
  type SecretProvider,
  silentLogger,
  systemClock,
  type Telemetry,
} from '@bpmn-connectors/sdk';
import type { DeadLetterLimits } from '../dead-letters/create-dead-letter-box.ts';
import type { DeliveryStepView } from '../dead-letters/dead-letters.ts';

/** What inbound connectors run with. */
export interface InboundOptions {
  readonly connectors: readonly InboundConnector[];
  /** Takes starts and messages: the process runtime's, or an engine of one's own. */
  readonly send: InboundTarget['send'];
  /** Whether `send` heeds ids. Where absent claims are stored before events are handed over. */
  readonly deduplicates?: InboundTarget['deduplicates'];
  /** Without one every reference to a secret is a missing secret. */
  readonly secrets?: SecretProvider;
  /**
   * Keeps claims and dead letters, of one connector runtime at a time. Without one both are forgotten when
   * the process ends.
   */
  readonly journal?: Journal;
  /** Instead of claims in the journal: for several replicas. */
  readonly claims?: Claims;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly telemetry?: Telemetry;
  /**
   * Is told of each event, before it is processed, what every step up to `send` decides and on which values:
   * secrets masked, long values cut. For dry runs: all expressions are evaluated twice.
   */
  readonly explained?: (steps: readonly DeliveryStepView[]) => void;
  /**
   * Whether events that meet no condition are a success, where the model does not say.
   * @default what the connector's own options say
   */
  readonly consumeUnmatchedByDefault?: boolean;
  /** Milliseconds a message waits for an instance, where the element has no `messageTtl`. @default 3600000 */
  readonly messageTtlMs?: number;
  /** A sender is answered within so many milliseconds. EventBridge gives 5 s. @default 4000 */
  readonly answerDeadlineMs?: number;
  /** Milliseconds for which a processed delivery is remembered. @default 90000000 (25 h) */
  readonly claimRetentionMs?: number;
  readonly deadLetters?: DeadLetterLimits;
  /** Milliseconds until an endpoint that failed for a passing reason is tried again. @default 10000 */
  readonly retryActivationMs?: number;
}

const hourMs = 3_600_000;

/** The options with their defaults. */
export type InboundSettings = ReturnType<typeof readInboundOptions>;

/** Puts the defaults in place. */
export function readInboundOptions(options: InboundOptions) {
  return {
    logger: silentLogger,
    clock: systemClock,
    messageTtlMs: hourMs,
    answerDeadlineMs: 4000,
    retryActivationMs: 10_000,
    ...options,
  };
}
