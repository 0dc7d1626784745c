import type { EndpointView } from '@bpmn-connectors/runtime';
import type { Server } from './server.ts';

const describeEndpoint = (endpoint: EndpointView): readonly string[] => {
  const { method, urls, auth, processId, elementId, state, reason } = endpoint;
  const trouble = state === 'active' ? [] : [`    ${state}: ${reason ?? 'no reason given'}`];
  return [
    `  ${method.padEnd(6)} ${urls[0] ?? endpoint.webhookId}   ${auth}   ${processId} / ${elementId}`,
    ...endpoint.warnings.map((warning) => `    warning: ${warning}`),
    ...trouble,
  ];
};

/** A few lines for the person who started it. */
export function describeServer(server: Server): string {
  const endpoints = server.endpoints();
  return [
    'Webhooks',
    ...(endpoints.length === 0
      ? ['  none: name models, or deploy them with POST /api/deployments']
      : endpoints.flatMap(describeEndpoint)),
    `Listening   ${server.url}`,
    `Management  ${server.managementUrl}/api/endpoints`,
    `State       ${server.data}`,
    'Ready; Ctrl-C ends it',
    '',
  ].join('\n');
}
