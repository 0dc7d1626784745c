import { isIP } from 'node:net';
import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import { isPrivateAddress } from './is-private-address.ts';
import { readValues } from './read-values.ts';

const name = 'inbound.auth.jwt.jwkUrl';

/** Reads the URL of the key set: https, or http on loopback for trying out. */
export function readJwksUrl(
  properties: Readonly<Record<string, string>>,
  allowPrivateAddresses: boolean,
  problems: ProblemCollector,
): URL | undefined {
  const values = readValues(properties, name, problems);
  if (values === undefined) return undefined;
  const [text] = values;
  const url = values.length === 1 && text !== undefined ? parse(text) : undefined;
  const problem = url === undefined ? 'it is missing or no URL' : problemOf(url);
  if (url === undefined || problem !== undefined) {
    problems.add(name, problem ?? '', 'Set the issuer’s JWKS URL: https://…/jwks.json');
    return undefined;
  }
  if (!allowPrivateAddresses && isKnownPrivate(url)) {
    problems.add(
      name,
      'its host is in a private network',
      'Use a public host, or allow it for all webhooks: webhook({ jwks: { allowPrivateAddresses: true } })',
    );
    return undefined;
  }
  return url;
}

const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

const isLoopback = (url: URL): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(hostOf(url));

/** Other names are checked when they are looked up. */
const isKnownPrivate = (url: URL): boolean =>
  isLoopback(url) || (isIP(hostOf(url)) !== 0 && isPrivateAddress(hostOf(url)));

function problemOf(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'it holds credentials';
  if (url.protocol === 'https:') return undefined;
  return url.protocol === 'http:' && isLoopback(url) ? undefined : 'it is not https';
}
