import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

type Headers = Readonly<Record<string, string>>;

/** Ids are kept for a day: a sender doesn't choose how much. */
const longestId = 256;

const idHeaders = ['webhook-id', 'x-github-delivery', 'idempotency-key'] as const;

/**
 * The sender's own id of an event, by which redeliveries are recognised: the `id` of an EventBridge
 * envelope (with `replay-name`, so that archive replays run), `source` and `id` of a CloudEvent
 * (specification 1.0.2, section 3.1), else a header. Parts are joined by a blank, which none of them may hold.
 */
export function messageIdOf(body: JsonValue, headers: Headers, own?: string): string | undefined {
  const id =
    own ??
    eventBridgeId(body) ??
    structuredEventId(body) ??
    binaryEventId(headers) ??
    headerId(headers);
  if (id === undefined || id.length <= longestId) return id;
  return `sha256:${createHash('sha256').update(id).digest('hex')}`;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && value !== '';

function eventBridgeId(body: JsonValue): string | undefined {
  if (!isObject(body)) return undefined;
  const { id, source, 'detail-type': type, 'replay-name': replay } = body;
  if (!(isText(id) && isText(source) && isText(type)) || body['detail'] === undefined) {
    return undefined;
  }
  return isText(replay) ? `${id} ${replay}` : id;
}

function structuredEventId(body: JsonValue): string | undefined {
  if (!isObject(body)) return undefined;
  const { id, source, specversion } = body;
  return isText(specversion) && isText(id) && isText(source) ? `${source} ${id}` : undefined;
}

function binaryEventId(headers: Headers): string | undefined {
  const id = headers['ce-id'];
  const source = headers['ce-source'];
  return headers['ce-specversion'] && id && source ? `${source} ${id}` : undefined;
}

function headerId(headers: Headers): string | undefined {
  for (const name of idHeaders) if (headers[name]) return headers[name];
  return undefined;
}
