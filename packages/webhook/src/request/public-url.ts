import type { HttpRequest } from '@bpmn-connectors/sdk';
import { splitPath } from '../adapter/split-path.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import { isListed } from './address-list.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * The URL that the sender called, without query: what signatures over URLs are made for. The operator's
 * `publicUrl` wins; forwarding headers are believed only of a trusted proxy; else the `Host` header counts.
 */
export function publicUrlOf(
  request: Pick<HttpRequest, 'target' | 'remoteAddress' | 'encrypted'>,
  headers: Headers,
  { publicUrl, trustedProxies }: Pick<WebhookSettings, 'publicUrl' | 'trustedProxies'>,
): string {
  const path = splitPath(request.target);
  if (publicUrl !== undefined) return publicUrl + path;
  const forwarded = isListed(trustedProxies, request.remoteAddress);
  const scheme = (forwarded && nearest(headers['x-forwarded-proto'])) || schemeOf(request);
  const host = (forwarded && nearest(headers['x-forwarded-host'])) || headers['host'] || '';
  return `${scheme}://${host}${path}`;
}

const schemeOf = ({ encrypted }: Pick<HttpRequest, 'encrypted'>): string =>
  encrypted ? 'https' : 'http';

/** The last value is the trusted proxy's own; those before may be a stranger's. */
const nearest = (header: string | undefined): string | undefined =>
  header?.split(',').at(-1)?.trim();
