import { type InboundEvent, type RawDelivery, readTraceContext } from '@bpmn-connectors/sdk';
import type { Authenticator } from '../auth/authenticator.ts';
import { messageIdOf } from './message-id.ts';
import type { BodyContent } from './parse-body.ts';

/** A request, read. */
export interface RequestContent extends BodyContent {
  readonly headers: Record<string, string>;
  readonly params: Record<string, string>;
}

/**
 * Makes the event of a request: the variables Camunda's expressions know.
 * @param ownId finds the id that the sender's scheme knows of: it comes before the usual ones.
 */
export function createEvent(
  content: RequestContent,
  raw: RawDelivery,
  ownId?: Authenticator['messageId'],
): InboundEvent {
  const { body, documents, headers, params } = content;
  const messageId = messageIdOf(body, headers, ownId?.(headers, body));
  const trace = readTraceContext(headers['traceparent'], headers['tracestate']);
  return {
    scope: { request: { body, headers, params }, connectorData: {}, documents },
    ...(messageId === undefined ? {} : { messageId }),
    raw,
    ...(trace === undefined ? {} : { trace }),
  };
}
