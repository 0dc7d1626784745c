import type { InboundDefinition, TemplateMetadata } from '@bpmn-connectors/sdk';
import { webhookDefinition } from '@bpmn-connectors/webhook';

const keywords = ['AWS', 'EventBridge', 'API destination', 'webhook', 'receive event'];

const templates: readonly TemplateMetadata[] = [
  {
    id: 'io.bpmn-connectors.AWSEventBridgeMessageStart.v1',
    version: 1,
    name: 'Amazon EventBridge: event starts process',
    description: 'Starts a process when an Amazon EventBridge rule sends an event',
    keywords,
  },
  {
    id: 'io.bpmn-connectors.AWSEventBridgeIntermediate.v1',
    version: 1,
    name: 'Amazon EventBridge: wait for event',
    description:
      'Goes on when an Amazon EventBridge rule sends the event that the instance waits for',
    keywords,
  },
];

/**
 * How events of EventBridge come in: an API destination calls a webhook, so elements made with these
 * templates are webhook elements (`inbound.type` = `io.camunda:webhook:1`, with `inbound.subtype` =
 * `aws:eventbridge`, which no connector reads). The connector that serves them is `webhook()`, the same
 * instance as for all other webhooks; it takes the `id` of an EventBridge envelope as message id by itself.
 */
export const eventBridgeInboundDefinition: InboundDefinition = { ...webhookDefinition, templates };
