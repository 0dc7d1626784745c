import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock } from '@bpmn-connectors/sdk';

/** An HTTP request to send, headers in the order and capitalisation to send them in. */
export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back. */
export type SendResult =
  | {
      readonly status: number;
      /** Raw value of Retry-After. */
      readonly retryAfter: string | undefined;
      readonly body: string;
    }
  | { readonly error: 'TIMEOUT' | 'CONNECTION' };

/** A client's patience in EventBridge: API destinations end a request after 5 seconds. */
const timeoutMs = 5000;

function exchange(
  outgoing: OutgoingRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<SendResult> {
  return new Promise((resolve) => {
    const send = outgoing.url.protocol === 'https:' ? httpsRequest : httpRequest;
    const { method, headers } = outgoing;
    const request = send(outgoing.url, { method, headers, agent: false, signal });
    const cancel = clock.schedule(timeoutMs, () => end({ error: 'TIMEOUT' }));
    const end = (result: SendResult): void => {
      cancel();
      resolve(result);
      request.destroy();
    };
    request.on('error', () => end({ error: 'CONNECTION' }));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => end({ error: 'CONNECTION' }));
      response.on('end', () =>
        end({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.end(outgoing.body);
  });
}

/** Sends one request on a connection of its own; redirects are not followed. Never rejects. */
export function sendRequest(
  outgoing: OutgoingRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<SendResult> {
  // Rejects only for what cannot be sent at all: a header value with a line break.
  return exchange(outgoing, clock, signal).catch(() => ({ error: 'CONNECTION' }));
}
