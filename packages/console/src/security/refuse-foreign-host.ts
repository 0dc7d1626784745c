import type { HttpAnswer, HttpRequest } from '@bpmn-connectors/sdk';
import { problem } from '../problem.ts';
import { headerValues } from './header-values.ts';

/**
 * Refuses a request that was not meant for this address: a page at `http://evil.example` whose name
 * resolves to 127.0.0.1 reaches a loopback port with its own name in `Host`.
 */
export function refuseForeignHost(
  request: HttpRequest,
  authorities: readonly string[],
): HttpAnswer | undefined {
  const [host, ...more] = headerValues(request, 'host');
  const known = host !== undefined && more.length === 0 && authorities.includes(host.toLowerCase());
  return known ? undefined : problem('HOST_REFUSED');
}
