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
  request: Pick<HttpRequest, 'target' | 'rawHeaders' | 'remoteAddress' | 'encrypted'>,
  headers: Headers,
  { publicUrl, trustedProxies }: Pick<WebhookSettings, 'publicUrl' | 'trustedProxies'>,
): string {
  const path = splitPath(request.target);
  if (publicUrl !== undefined) return publicUrl + path;
  const forwarded = isListed(trustedProxies, request.remoteAddress);
  const scheme = (forwarded && nearest(request, 'x-forwarded-proto')) || schemeOf(request);
  const host = (forwarded && nearest(request, 'x-forwarded-host')) || headers['host'] || '';
  return `${scheme}://${host}${path}`;
}

const schemeOf = ({ encrypted }: Pick<HttpRequest, 'encrypted'>): string =>
  encrypted ? 'https' : 'http';

/** The last value, of the last header of this name, is the trusted proxy's own; those before may be a stranger's. */
function nearest(
  { rawHeaders }: Pick<HttpRequest, 'rawHeaders'>,
  name: string,
): string | undefined {
  const at = rawHeaders.findLastIndex(
    (text, index) => index % 2 === 0 && text.toLowerCase() === name,
  );
  return at < 0 ? undefined : rawHeaders[at + 1]?.split(',').at(-1)?.trim();
}
