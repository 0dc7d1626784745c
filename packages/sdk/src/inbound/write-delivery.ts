import type { InboundEvent } from './inbound-connector.ts';
import type { SubscriptionEvent } from './subscription.ts';

/** Adds what a dead letter keeps of the event, so that `readDelivery` makes the same event of it. */
export function writeDelivery({ variables, messageId }: SubscriptionEvent): InboundEvent {
  const id = messageId === undefined ? {} : { messageId };
  const body = new TextEncoder().encode(JSON.stringify(variables));
  return { scope: variables, ...id, raw: { envelope: id, body } };
}
