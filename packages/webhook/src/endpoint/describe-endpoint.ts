import type { EndpointDescription } from '@bpmn-connectors/sdk';
import type { Endpoint } from './endpoint.ts';

/** What operators see of a webhook. Never a value of its authentication. */
export function describeEndpoint(
  { webhookId, method, authenticator }: Endpoint,
  baseUrls: readonly string[],
): EndpointDescription {
  return {
    webhookId,
    urls: baseUrls.map((base) => `${base}/${webhookId}`),
    method: method.toUpperCase(),
    auth: authenticator.scheme,
    warnings: authenticator.warnings,
  };
}
