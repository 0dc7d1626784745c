import type { Clock } from '../clock/clock.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { Logger } from '../logger/logger.ts';
import type { Health } from '../process-runtime/process-runtime.ts';
import type { InboundOutcome } from './inbound-connector.ts';

/** An event of a source that is subscribed to or polled. */
export interface SubscriptionEvent {
  /** What the element's expressions see: `{ file: … }` is `file` in its activation condition. */
  readonly variables: JsonObject;
  /** The source's own id of the event: an event that comes again is a duplicate. Without one it is not noticed. */
  readonly messageId?: string;
}

/** What a subscription gets from the connector runtime. */
export interface SubscriptionContext {
  readonly logger: Logger;
  readonly clock: Clock;
  /**
   * Hands an event to the process runtime: condition → claim → correlation key → variables → send. Never
   * rejects; `verdictOf` tells what to do with the event at its source. Leaves the delivery's summary.
   */
  correlate(event: SubscriptionEvent): Promise<InboundOutcome>;
  /** Tells operators whether the source can be reached, with the reason where it cannot. */
  report(health: Health): void;
}
