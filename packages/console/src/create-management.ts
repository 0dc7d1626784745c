import {
  type HttpAnswer,
  type HttpReceiver,
  type HttpRequest,
  type Logger,
  silentLogger,
} from '@bpmn-connectors/sdk';
import type { ManagementOptions } from './management-options.ts';
import { matchRoute } from './match-route.ts';
import { problem } from './problem.ts';
import type { Route } from './route.ts';
import { createRoutes } from './routes.ts';
import { headerValues } from './security/header-values.ts';
import { refuseCrossSite } from './security/refuse-cross-site.ts';
import { refuseForeignHost } from './security/refuse-foreign-host.ts';
import { refuseWithoutToken } from './security/refuse-without-token.ts';

const safetyHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

const hasBody = (request: HttpRequest): boolean =>
  headerValues(request, 'transfer-encoding').length > 0 ||
  headerValues(request, 'content-length').some((length) => length !== '0');

const mediaType = (contentType: string): string =>
  (contentType.split(';')[0] ?? '').trim().toLowerCase();

function refuseBody(request: HttpRequest, route: Route): HttpAnswer | undefined {
  if (!hasBody(request)) {
    if (route.accepts === undefined) return undefined;
    return problem('BODY_INVALID', { detail: `a body is needed: ${route.accepts.join(', ')}` });
  }
  const types = headerValues(request, 'content-type');
  const accepts = route.accepts ?? [];
  if (types.length === 1 && accepts.includes(mediaType(types[0] ?? ''))) return undefined;
  const detail = accepts.length === 0 ? 'no body is taken here' : `taken: ${accepts.join(', ')}`;
  return problem('MEDIA_TYPE_UNSUPPORTED', { detail });
}

/** Undefined where a parameter is given twice. */
function readQuery(target: string): Readonly<Record<string, string>> | undefined {
  const mark = target.indexOf('?');
  const entries = [...new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1))];
  const names = new Set(entries.map(([name]) => name));
  return names.size === entries.length ? Object.fromEntries(entries) : undefined;
}

const methodOf = (request: HttpRequest): string =>
  request.method === 'HEAD' ? 'GET' : request.method;

async function answerRoute(
  request: HttpRequest,
  routes: readonly Route[],
  options: ManagementOptions,
): Promise<HttpAnswer> {
  const match = matchRoute(routes, request.path);
  const route = match.routes.find(({ method }) => method === methodOf(request));
  if (options.token !== undefined && route?.open !== true) {
    const refused = refuseWithoutToken(request, options.token);
    if (refused !== undefined) return refused;
  }
  if (match.routes.length === 0) return problem('NOT_FOUND');
  if (route === undefined) {
    const allow = match.routes.map(({ method }) => method).join(', ');
    return problem('METHOD_NOT_ALLOWED', { headers: { allow } });
  }
  if (route.method !== 'GET') {
    const refused = refuseBody(request, route);
    if (refused !== undefined) return refused;
  }
  const query = readQuery(request.target);
  if (query === undefined) return problem('PARAMETER_INVALID', { detail: 'a name occurs twice' });
  const contentType = headerValues(request, 'content-type')[0] ?? '';
  return route.handle({ request, options, id: match.id, query, contentType });
}

async function answerSafely(
  request: HttpRequest,
  routes: readonly Route[],
  options: ManagementOptions,
  logger: Logger,
): Promise<HttpAnswer> {
  try {
    return (
      refuseForeignHost(request, options) ??
      refuseCrossSite(request) ??
      (await answerRoute(request, routes, options))
    );
  } catch (error) {
    logger.error({ err: error, path: request.path }, 'a management request failed');
    return problem('INTERNAL');
  }
}

/**
 * The management API of a connector runtime: health, metrics, endpoints, instances, incidents,
 * deliveries, dead letters and deployments. Serve it on a port of its own, on loopback; anywhere else
 * only with `token`.
 * @example
 * const management = createManagement({
 *   processRuntime,
 *   connectorRuntime,
 *   authorities: loopbackAuthorities(8090),
 * });
 * createServer(createNodeHandler(management, { mount: [] })).listen(8090, '127.0.0.1');
 */
export function createManagement(options: ManagementOptions): HttpReceiver {
  const routes = createRoutes();
  const logger = options.logger ?? silentLogger;
  return {
    handle: async (request) => {
      const answer = await answerSafely(request, routes, options, logger);
      return { ...answer, headers: { ...safetyHeaders, ...answer.headers } };
    },
  };
}
