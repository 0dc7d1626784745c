import type { InboundEvent, JsonValue, RawDelivery } from '@bpmn-connectors/sdk';
import { messageIdOf } from './message-id.ts';

/** A request, read. */
export interface RequestContent {
  readonly headers: Record<string, string>;
  readonly params: Record<string, string>;
  readonly body: JsonValue;
}

/** Makes the event of a request: the variables Camunda's expressions know. */
export function createEvent(content: RequestContent, raw: RawDelivery): InboundEvent {
  const { body, headers, params } = content;
  const messageId = messageIdOf(body, headers);
  return {
    scope: { request: { body, headers, params }, connectorData: {}, documents: [] },
    ...(messageId === undefined ? {} : { messageId }),
    raw,
  };
}
