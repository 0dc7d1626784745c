import type { Presented } from '../auth/authenticator.ts';
import type { ActiveEndpoint } from '../endpoint/endpoint.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import { authenticate, unauthorized } from './authenticate.ts';
import { type BodyContent, parseBody } from './parse-body.ts';
import type { StepResult } from './refused.ts';
import { type Encoding, unpackBody } from './unpack-body.ts';

/** A body whose sender may be trusted. */
export interface TrustedBody {
  /** Unpacked. */
  readonly bytes: Uint8Array;
  readonly content: BodyContent;
}

/**
 * Authenticates the bytes as they came, then unpacks and parses them. Only where a credential stands in the
 * body it is parsed first; then what cannot be parsed is a 401.
 */
export async function trustBody(
  { authenticator, context, maxBodyBytes }: ActiveEndpoint,
  presented: Presented,
  encoding: Encoding | 'identity',
  { maxParts }: WebhookSettings,
): Promise<StepResult<TrustedBody>> {
  const { bytes: raw } = presented;
  const contentType = presented.headers['content-type'];
  const read = (bytes: Uint8Array) => toTrusted(bytes, parseBody(bytes, contentType, maxParts));
  if (!authenticator.readsBody) {
    const trusted = await authenticate(authenticator, presented, context);
    if (trusted.refused) return trusted;
    if (encoding === 'identity') return read(raw);
    const unpacked = await unpackBody(raw, encoding, maxBodyBytes);
    return unpacked.refused ? unpacked : read(unpacked.value);
  }
  const parsed = read(raw);
  if (parsed.refused) {
    return unauthorized(authenticator.challenge, parsed.refused.reason ?? parsed.refused.code);
  }
  const { body } = parsed.value.content;
  const trusted = await authenticate(authenticator, { ...presented, body }, context);
  return trusted.refused ? trusted : parsed;
}

const toTrusted = (bytes: Uint8Array, parsed: StepResult<BodyContent>): StepResult<TrustedBody> =>
  parsed.refused ? parsed : { value: { bytes, content: parsed.value } };
