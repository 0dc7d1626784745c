import type { InboundOutcome } from '@bpmn-connectors/sdk';
import { claimKey } from '../claims/claim-key.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import { maskJson } from '../secrets/mask-json.ts';
import { type Delivery, type DeliveryEnvironment, unavailable } from './delivery.ts';
import type { StepFailure } from './step-result.ts';

/** Keeps the event as a dead letter. Where there is no room left, the sender is asked to come again. */
export async function buryEvent(
  delivery: Delivery,
  { letters }: Pick<DeliveryEnvironment, 'letters'>,
  failure: StepFailure,
  taken: { readonly compiled?: CompiledElement; readonly key?: string | undefined } = {},
): Promise<InboundOutcome> {
  const { event, origin, mask, letterId } = delivery;
  const deadLetterId = await letters.add({
    ...failure,
    origin,
    raw: { body: event.raw.body, envelope: maskJson(event.raw.envelope, mask) },
    keys: letterKeys(delivery, taken.key),
    ...(letterId === undefined ? {} : { id: letterId }),
  });
  if (deadLetterId === undefined) {
    return unavailable('BACKPRESSURE', 'There is no room for more dead letters');
  }
  const { code, message } = failure;
  const element = taken.compiled === undefined ? {} : { element: taken.compiled.activated };
  return { status: 'unprocessable', code, message, deadLetterId, ...element };
}

/**
 * What the letter of an event is known by: the claim's key, and the sender's own id, since some steps fail
 * before there is a claim.
 */
export function letterKeys(
  { event, origin }: Delivery,
  key: string | undefined,
): readonly string[] {
  const bySender =
    event.messageId === undefined
      ? []
      : [claimKey([origin.connectorType, origin.address, event.messageId])];
  return key === undefined ? bySender : [key, ...bySender];
}
