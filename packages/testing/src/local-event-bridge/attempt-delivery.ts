import type { Clock } from '@bpmn-connectors/sdk';
import type { ApiDestinationOptions, Connection } from './connection.ts';
import { deliveryRequest } from './delivery-request.ts';
import type { AcceptedEvent } from './event-envelope.ts';
import { fetchToken } from './fetch-token.ts';
import { type Verdict, verdictOf } from './retry-policy.ts';
import { type SendResult, sendRequest } from './send-request.ts';

/** A destination that a rule found for an event. */
export interface Target {
  readonly rule: string;
  /** The rule's `deadLetter`. */
  readonly queue?: string;
  readonly destination: ApiDestinationOptions;
  readonly connection: Connection;
}

/** What came of an attempt. */
export type Attempted = SendResult | { readonly error: 'TOKEN' | 'DEAUTHORIZED' };

/**
 * Tries once. 401 and 407 make an OAuth connection fetch a new token next time, and put any other
 * connection out of use.
 */
export async function attemptDelivery(
  event: AcceptedEvent,
  { destination, connection }: Target,
  clock: Clock,
  signal: AbortSignal,
): Promise<Attempted> {
  if (connection.state === 'DEAUTHORIZED') return { error: 'DEAUTHORIZED' };
  const isOauth = connection.options.authorization.type === 'OAUTH_CLIENT_CREDENTIALS';
  const token = await fetchToken(connection, clock, signal);
  if (isOauth && token === undefined) return { error: 'TOKEN' };
  const request = deliveryRequest(event, destination, connection.options, token);
  const result = await sendRequest(request, clock, signal);
  if ('status' in result && (result.status === 401 || result.status === 407)) {
    if (isOauth) delete connection.token;
    else connection.state = 'DEAUTHORIZED';
  }
  return result;
}

/** What an attempt means for the event. Nothing is sent over a deauthorized connection any more. */
export function judgeAttempt(attempted: Attempted): Verdict {
  if ('status' in attempted) return verdictOf(attempted.status);
  return attempted.error === 'DEAUTHORIZED' ? 'dropped' : 'retry';
}
