import { Buffer } from 'node:buffer';
import type { ApiDestinationOptions, ConnectionOptions } from './connection.ts';
import type { AcceptedEvent } from './event-envelope.ts';
import type { OutgoingRequest } from './send-request.ts';

/**
 * Headers that connection parameters cannot set.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destination-create.html
 */
const reservedHeaders: ReadonlySet<string> = new Set(
  `a-im accept-charset accept-datetime accept-encoding cache-control connection content-encoding
  content-length content-md5 date expect forwarded from host http2-settings if-match
  if-modified-since if-none-match if-range if-unmodified-since max-forwards origin pragma
  proxy-authorization range referer te trailer transfer-encoding user-agent upgrade via
  warning`.split(/\s+/),
);

function customHeaders(connection: ConnectionOptions): Record<string, string> {
  const entries = Object.entries(connection.headers ?? {});
  return Object.fromEntries(entries.filter(([name]) => !reservedHeaders.has(name.toLowerCase())));
}

function authorizationHeaders(
  { authorization }: ConnectionOptions,
  token: string | undefined,
): Record<string, string> {
  if (authorization.type === 'API_KEY') {
    return { [authorization.apiKeyName]: authorization.apiKeyValue };
  }
  if (authorization.type === 'BASIC') {
    const pair = `${authorization.username}:${authorization.password}`;
    return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  }
  return { Authorization: `Bearer ${token ?? ''}` };
}

function bodyOf(event: AcceptedEvent, connection: ConnectionOptions): string {
  const members = Object.entries(connection.body ?? {});
  const added = members.map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `${event.json.slice(0, -1)}${added.join('')}}`;
}

function withQuery(url: string, connection: ConnectionOptions): URL {
  const target = new URL(url);
  for (const [name, value] of Object.entries(connection.query ?? {})) {
    target.searchParams.append(name, value);
  }
  return target;
}

const isOf = (name: string, others: Readonly<Record<string, string>>): boolean =>
  Object.keys(others).some((other) => other.toLowerCase() === name.toLowerCase());

/** The request an API destination sends for an event: URL, headers and body as documented by AWS. */
export function deliveryRequest(
  event: AcceptedEvent,
  destination: ApiDestinationOptions,
  connection: ConnectionOptions,
  token: string | undefined,
): OutgoingRequest {
  const url = withQuery(destination.url, connection);
  const body = bodyOf(event, connection);
  const custom = customHeaders(connection);
  return {
    url,
    method: destination.method ?? 'POST',
    headers: {
      'Content-Length': String(Buffer.byteLength(body)),
      Host: url.host,
      ...custom,
      ...(isOf('content-type', custom)
        ? {}
        : { 'Content-Type': 'application/json; charset=utf-8' }),
      ...authorizationHeaders(connection, token),
      'User-Agent': 'Amazon/EventBridge/ApiDestinations',
      Range: 'bytes=0-1048575',
      'Accept-Encoding': 'gzip,deflate',
      Connection: 'close',
    },
    body,
  };
}
