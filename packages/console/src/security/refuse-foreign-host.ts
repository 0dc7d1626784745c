import { isIP } from 'node:net';
import type { HttpAnswer, HttpRequest } from '@bpmn-connectors/sdk';
import type { ManagementOptions } from '../management-options.ts';
import { problem } from '../problem.ts';
import { headerValues } from './header-values.ts';

/** `10.0.0.7:8090`, `[::1]`. */
function isAddress(host: string): boolean {
  const [, inBrackets, bare] = /^(?:\[([^\]]+)\]|([^:]+))(?::[0-9]+)?$/.exec(host) ?? [];
  return isIP(inBrackets ?? '') === 6 || isIP(bare ?? '') === 4;
}

/**
 * Refuses a request that was not meant for this address: a page at `http://evil.example` whose name
 * resolves to 127.0.0.1 reaches a loopback port with its own name in `Host`.
 */
export function refuseForeignHost(
  request: HttpRequest,
  { authorities, addresses = false }: Pick<ManagementOptions, 'authorities' | 'addresses'>,
): HttpAnswer | undefined {
  const [given, ...more] = headerValues(request, 'host');
  const host = given?.toLowerCase() ?? '';
  const known = authorities.includes(host) || (addresses && isAddress(host));
  return known && more.length === 0 ? undefined : problem('HOST_REFUSED');
}
