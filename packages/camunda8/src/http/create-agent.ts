import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { getProxyForUrl } from 'proxy-from-env';

/**
 * Makes what connects to a host: through a proxy where the environment names one for it (`https_proxy`,
 * `http_proxy`, `no_proxy`, as the gRPC client reads them, in either case). Certificates go with the requests.
 */
export async function createAgent(
  url: URL,
  options: { readonly keepAlive: boolean },
): Promise<HttpAgent> {
  const proxy = getProxyForUrl(url.href);
  if (proxy !== '') {
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    return new HttpsProxyAgent(proxy, options);
  }
  return url.protocol === 'http:' ? new HttpAgent(options) : new HttpsAgent(options);
}
