import type { HttpRequest } from '@bpmn-connectors/sdk';
import type { SignedRequest } from './build-request.ts';

/** A request as a server would hand it over, had it been sent. */
export function createDryRequest(
  { url, headers, body }: SignedRequest,
  webhookId: string,
): HttpRequest {
  const { host, protocol, pathname, search } = new URL(url);
  const bytes = Buffer.from(body);
  const sent = { Host: host, ...headers, 'Content-Length': String(bytes.byteLength) };
  return {
    method: 'POST',
    path: `/${encodeURIComponent(webhookId)}`,
    target: pathname + search,
    rawHeaders: Object.entries(sent).flat(),
    remoteAddress: '127.0.0.1',
    encrypted: protocol === 'https:',
    readBody: async ({ maxBytes }) =>
      bytes.byteLength > maxBytes ? { status: 'too-large' } : { status: 'complete', bytes },
  };
}
