import {
  type InboundEvent,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '@bpmn-connectors/sdk';
import { createEvent } from '../request/create-event.ts';
import { type Refused, refuse, type StepResult } from '../request/refused.ts';
import { cloudEventMode } from './cloud-event-mode.ts';
import { isCloudEvent } from './is-cloud-event.ts';

/** Of a batch, at most. */
const mostEvents = 100;

type Texts = Readonly<Record<string, string>>;

/**
 * The events of a request: one, or those of a batch. A request that says it brings CloudEvents and does not is
 * refused as a whole; any other request is one event as it is.
 */
export function readCloudEvents(event: InboundEvent): StepResult<readonly InboundEvent[]> {
  const { headers, body } = partsOf(event.scope['request']);
  switch (cloudEventMode(headers)) {
    case undefined:
      return { value: [event] };
    case 'structured':
      return isCloudEvent(body) ? { value: [event] } : malformed;
    case 'binary':
      return isCloudEvent(attributesOf(headers)) ? { value: [event] } : malformed;
    case 'batched':
      return splitBatch(event, headers, body);
  }
}

const malformed: { readonly refused: Refused } = refuse('parse', 'BODY_MALFORMED', {
  reason: 'CLOUD_EVENT_INVALID',
});

/** Every event of a batch is delivered as if it had come alone: so is its dead letter. */
function splitBatch(
  { scope, raw }: InboundEvent,
  headers: Texts,
  batch: JsonValue,
): StepResult<readonly InboundEvent[]> {
  if (!Array.isArray(batch) || !batch.every(isCloudEvent)) return malformed;
  if (batch.length > mostEvents) return refuse('limits', 'BODY_TOO_LARGE');
  const alone = { ...headers, 'content-type': 'application/cloudevents+json' };
  const params = partsOf(scope['request']).params;
  return {
    value: batch.map((body, index) => {
      const own = {
        get envelope(): JsonObject {
          return withContentType(raw.envelope);
        },
        // Of the request's body as it may be kept: a credential may stand in it.
        get body(): Uint8Array {
          return Buffer.from(JSON.stringify(itemOf(raw.body, index)));
        },
      };
      return createEvent({ headers: alone, params, body, documents: [] }, own);
    }),
  };
}

function itemOf(batch: Uint8Array, index: number): JsonValue {
  const items = parseJson(batch);
  return Array.isArray(items) ? (items[index] ?? null) : null;
}

/** Headers are names and values in turn. */
function withContentType(envelope: JsonObject): JsonObject {
  const headers = Array.isArray(envelope['headers']) ? envelope['headers'] : [];
  return {
    ...envelope,
    headers: headers.map((text, index) =>
      index % 2 === 1 && isContentType(headers[index - 1]) ? 'application/cloudevents+json' : text,
    ),
  };
}

const isContentType = (name: JsonValue | undefined): boolean =>
  typeof name === 'string' && name.toLowerCase() === 'content-type';

const attributesOf = (headers: Texts): JsonObject =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('ce-'))
      .map(([name, value]) => [name.slice('ce-'.length), value]),
  );

/** What `createEvent` put there. */
function partsOf(request: JsonValue | undefined): {
  readonly headers: Record<string, string>;
  readonly params: Record<string, string>;
  readonly body: JsonValue;
} {
  const isContext = typeof request === 'object' && request !== null && !Array.isArray(request);
  const { headers, params, body = null } = isContext ? request : {};
  return { headers: textsOf(headers), params: textsOf(params), body };
}

const textsOf = (value: JsonValue | undefined): Record<string, string> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, text]) => [name, typeof text === 'string' ? text : '']),
      )
    : {};
