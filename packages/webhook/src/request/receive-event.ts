import type { HttpRequest, InboundEvent } from '@bpmn-connectors/sdk';
import { splitPath } from '../adapter/split-path.ts';
import type { ActiveEndpoint } from '../endpoint/endpoint.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import { checkEncoding } from './check-encoding.ts';
import { createEvent } from './create-event.ts';
import { publicUrlOf } from './public-url.ts';
import { keepRaw } from './raw-delivery.ts';
import { readBody } from './read-body.ts';
import { readHeaders } from './read-headers.ts';
import { readParams } from './read-params.ts';
import type { StepResult } from './refused.ts';
import { trustBody } from './trust-body.ts';
import { withoutEncoding } from './without-encoding.ts';

/** Reads a request and checks that it may be trusted: limits, raw bytes, credentials, then the body's content. */
export async function receiveEvent(
  endpoint: ActiveEndpoint,
  request: HttpRequest,
  settings: WebhookSettings,
): Promise<StepResult<InboundEvent>> {
  const headers = readHeaders(request.rawHeaders, settings);
  if (headers.refused) return headers;
  const { values, encodings, repeatedAuthorization } = headers.value;
  const params = readParams(request.target, settings.maxParameters);
  if (params.refused) return params;
  const { secrets, readsBody } = endpoint.authenticator;
  // Where a credential stands in the body a stranger's bytes would have to be unpacked to find it.
  const encoding = checkEncoding(encodings, settings.acceptCompressed && !readsBody);
  if (encoding.refused) return encoding;
  const read = await readBody(request, values, endpoint.maxBodyBytes, settings.bodyTimeoutMs);
  if (read.refused) return read;
  const presented = {
    method: request.method,
    bytes: read.value,
    url: () => publicUrlOf(request, values, settings),
    query: request.target.slice(splitPath(request.target).length),
    headers: values,
    params: params.value,
    repeatedAuthorization,
  };
  const trusted = await trustBody(endpoint, presented, encoding.value, settings);
  if (trusted.refused) return trusted;
  const { bytes, content } = trusted.value;
  // From here on it is the request that would have come unpacked: so a dead letter can be read and masked.
  const plain = encoding.value === 'identity' ? request : withoutEncoding(request, values);
  const contentType = values['content-type'];
  const raw = keepRaw(plain, { bytes, contentType }, secrets, readsBody);
  const { messageId } = endpoint.authenticator;
  return {
    value: createEvent({ headers: values, params: params.value, ...content }, raw, messageId),
  };
}
