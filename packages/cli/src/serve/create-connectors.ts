import { type EventBridgeOptions, eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import type { OutboundConnector } from '@bpmn-connectors/sdk';
import { type WebhookConnector, webhook } from '@bpmn-connectors/webhook';
import type { Configuration } from '../configuration/configuration-schema.ts';
import { isLoopback } from './is-loopback.ts';

/** The connectors that the program serves. */
export interface Connectors {
  readonly hooks: WebhookConnector;
  readonly outbound: readonly OutboundConnector[];
}

/**
 * Makes the connectors as configured.
 * @param baseUrl under which senders reach webhooks.
 */
export function createConnectors(configuration: Configuration, baseUrl: string): Connectors {
  const { host, publicUrl, trustedProxies, allowUnauthenticated, privateKeySetHosts } =
    configuration;
  const { acceptCompressed } = configuration;
  return {
    hooks: webhook({
      allowUnauthenticated: allowUnauthenticated || isLoopback(host),
      ...(publicUrl === undefined ? {} : { publicUrl }),
      trustedProxies,
      baseUrls: [`${baseUrl}/webhooks`],
      acceptCompressed,
      jwks: { privateHosts: privateKeySetHosts },
    }),
    outbound: [eventBridge(eventBridgeOptions(configuration))],
  };
}

/** The operator's choices for the EventBridge connector. */
export function eventBridgeOptions({
  awsRegion,
  awsEndpoint,
  awsAllowModelEndpoints,
  awsSkipEventBusCheck,
  awsEventsPerSecond,
  awsCoalesceMs,
  awsJobKeyIn,
}: Configuration): EventBridgeOptions {
  return {
    ...(awsRegion === undefined ? {} : { defaultRegion: awsRegion }),
    ...(awsEndpoint === undefined ? {} : { endpoint: awsEndpoint }),
    ...(awsEventsPerSecond === undefined
      ? {}
      : { rateLimit: { eventsPerSecond: awsEventsPerSecond } }),
    ...(awsJobKeyIn === undefined ? {} : { jobKeyIn: awsJobKeyIn }),
    allowEndpointOverride: awsAllowModelEndpoints,
    checkEventBus: !awsSkipEventBusCheck,
    coalesce: { windowMs: awsCoalesceMs },
  };
}
