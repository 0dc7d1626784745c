import type { Clock, JsonValue } from '@bpmn-connectors/sdk';
import type { Connection } from './connection.ts';
import { sendRequest } from './send-request.ts';

const refreshBeforeMs = 60_000;
const defaultLifetimeSeconds = 3600;

function readToken(text: string): { value: string; lifetimeSeconds: number } | undefined {
  try {
    const body: JsonValue = JSON.parse(text);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
    const { access_token: value, expires_in: lifetime } = body;
    if (typeof value !== 'string') return undefined;
    return {
      value,
      lifetimeSeconds: typeof lifetime === 'number' ? lifetime : defaultLifetimeSeconds,
    };
  } catch {
    return undefined;
  }
}

/**
 * The access token of an OAuth connection: the one at hand while it is good for a minute or more, else a
 * new one by a form-encoded `client_credentials` request (RFC 6749, section 4.4.2).
 * @returns undefined when none can be had now.
 */
export async function fetchToken(
  connection: Connection,
  clock: Clock,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { authorization } = connection.options;
  if (authorization.type !== 'OAUTH_CLIENT_CREDENTIALS') return undefined;
  if (
    connection.token !== undefined &&
    connection.token.expiresAt - clock.now() > refreshBeforeMs
  ) {
    return connection.token.value;
  }
  const url = new URL(authorization.authorizationEndpoint);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: authorization.clientId,
    client_secret: authorization.clientSecret,
    ...authorization.body,
  }).toString();
  const headers = {
    'Content-Length': String(Buffer.byteLength(body)),
    Host: url.host,
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'User-Agent': 'Amazon/EventBridge/ApiDestinations',
    Connection: 'close',
  };
  const result = await sendRequest({ url, method: 'POST', headers, body }, clock, signal);
  if ('error' in result || result.status !== 200) return undefined;
  const token = readToken(result.body);
  if (token === undefined) return undefined;
  connection.token = {
    value: token.value,
    expiresAt: clock.now() + token.lifetimeSeconds * 1000,
  };
  return token.value;
}
