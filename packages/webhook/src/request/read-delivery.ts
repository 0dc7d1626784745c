import { ConnectorError, type InboundEvent, type RawDelivery } from '@bpmn-connectors/sdk';
import type { Authenticator } from '../auth/authenticator.ts';
import { webhookCodes } from '../webhook-codes.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import { createEvent } from './create-event.ts';
import { parseBody } from './parse-body.ts';
import { readEnvelope } from './raw-delivery.ts';
import { readHeaders } from './read-headers.ts';
import { readParams } from './read-params.ts';
import type { StepResult } from './refused.ts';

/**
 * Reads a stored delivery again. It was authenticated when it came and its credentials are gone, so it is
 * not authenticated again.
 * @throws {ConnectorError} `DELIVERY_UNREADABLE`, or the code of the step that refuses it.
 */
export function readDelivery(
  raw: RawDelivery,
  settings: WebhookSettings,
  { messageId }: Pick<Authenticator, 'messageId'>,
): InboundEvent {
  const { target, rawHeaders } = readEnvelope(raw.envelope);
  const headers = demand(readHeaders(rawHeaders, settings)).values;
  const params = demand(readParams(target, settings.maxParameters));
  const content = demand(parseBody(raw.body, headers['content-type'], settings.maxParts));
  return createEvent({ headers, params, ...content }, raw, messageId);
}

function demand<T>(result: StepResult<T>): T {
  if (!result.refused) return result.value;
  const { code } = result.refused;
  throw new ConnectorError(code, webhookCodes[code].title);
}
