import type { HttpRequest, InboundEvent, JsonValue } from '@bpmn-connectors/sdk';
import type { Presented } from '../auth/authenticator.ts';
import type { ActiveEndpoint } from '../endpoint/endpoint.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import { authenticate, unauthorized } from './authenticate.ts';
import { createEvent } from './create-event.ts';
import { parseBody } from './parse-body.ts';
import { publicUrlOf } from './public-url.ts';
import { keepRaw } from './raw-delivery.ts';
import { readBody } from './read-body.ts';
import { readHeaders } from './read-headers.ts';
import { readParams } from './read-params.ts';
import type { StepResult } from './refused.ts';

/** Reads a request and checks that it may be trusted: limits, raw bytes, credentials, then the body's content. */
export async function receiveEvent(
  endpoint: ActiveEndpoint,
  request: HttpRequest,
  settings: WebhookSettings,
): Promise<StepResult<InboundEvent>> {
  const headers = readHeaders(request.rawHeaders, settings);
  if (headers.refused) return headers;
  const params = readParams(request.target, settings.maxParameters);
  if (params.refused) return params;
  const read = await readBody(request, headers.value.values, settings);
  if (read.refused) return read;
  const presented = {
    method: request.method,
    bytes: read.value,
    url: () => publicUrlOf(request, headers.value.values, settings),
    headers: headers.value.values,
    params: params.value,
    repeatedAuthorization: headers.value.repeatedAuthorization,
  };
  const body = await trustBody(endpoint, presented);
  if (body.refused) return body;
  const { secrets, readsBody } = endpoint.authenticator;
  const raw = keepRaw(request, read.value, secrets, readsBody);
  const { values } = headers.value;
  return { value: createEvent({ headers: values, params: params.value, body: body.value }, raw) };
}

/** Authenticates before parsing, unless a credential stands in the body; then what cannot be parsed is a 401. */
async function trustBody(
  { authenticator, context }: ActiveEndpoint,
  presented: Presented,
): Promise<StepResult<JsonValue>> {
  const { bytes } = presented;
  const contentType = presented.headers['content-type'];
  if (!authenticator.readsBody) {
    const trusted = await authenticate(authenticator, presented, context.clock);
    return trusted.refused ? trusted : parseBody(bytes, contentType);
  }
  const body = parseBody(bytes, contentType);
  if (body.refused) {
    return unauthorized(authenticator.challenge, body.refused.reason ?? body.refused.code);
  }
  const trusted = await authenticate(
    authenticator,
    { ...presented, body: body.value },
    context.clock,
  );
  return trusted.refused ? trusted : body;
}
