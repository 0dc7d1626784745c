import { isIP } from 'node:net';
import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import { hostOf } from './host-of.ts';
import { isPrivateAddress } from './is-private-address.ts';
import type { PrivateHosts } from './private-hosts.ts';
import { readValues } from './read-values.ts';

const name = 'inbound.auth.jwt.jwkUrl';

/** Reads the URL of the key set: https, or http on hosts that the operator listed. */
export function readJwksUrl(
  properties: Readonly<Record<string, string>>,
  privateHosts: PrivateHosts,
  problems: ProblemCollector,
): URL | undefined {
  const values = readValues(properties, name, problems);
  if (values === undefined) return undefined;
  const [text] = values;
  const url = values.length === 1 && text !== undefined ? parse(text) : undefined;
  const problem = url === undefined ? 'it is missing or no URL' : problemOf(url, privateHosts);
  if (url === undefined || problem !== undefined) {
    problems.add(name, problem ?? '', 'Set the issuer’s JWKS URL: https://…/jwks.json');
    return undefined;
  }
  if (isKnownPrivate(url) && !privateHosts.allowsHost(hostOf(url))) {
    problems.add(
      name,
      'its host is in a private network',
      'Use a public host, or have the operator allow this one: --private-key-set-hosts, webhook({ jwks: { privateHosts: ["idp.internal"] } })',
    );
    return undefined;
  }
  return url;
}

const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const isLoopback = (url: URL): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(hostOf(url));

/** Other names are checked when they are looked up. */
const isKnownPrivate = (url: URL): boolean =>
  isLoopback(url) || (isIP(hostOf(url)) !== 0 && isPrivateAddress(hostOf(url)));

/** Within the operator's own network TLS is the operator's choice. */
function problemOf(url: URL, privateHosts: PrivateHosts): string | undefined {
  if (url.username !== '' || url.password !== '') return 'it holds credentials';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return 'it is not https';
  return isLoopback(url) || privateHosts.allowsHost(hostOf(url)) ? undefined : 'it is not https';
}
