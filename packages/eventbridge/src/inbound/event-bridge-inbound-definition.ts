import type { InboundDefinition } from '@bpmn-connectors/sdk';
import { webhookDefinition } from '@bpmn-connectors/webhook';
import { eventBridgeProperties } from './event-bridge-properties.ts';
import { eventBridgeTemplates } from './event-bridge-templates.ts';

/**
 * How events of EventBridge come in: an API destination calls a webhook, so elements made with these
 * templates are webhook elements (`inbound.type` = `io.camunda:webhook:1`, with `inbound.subtype` =
 * `aws:eventbridge`, which no connector reads). The connector that serves them is `webhook()`, the same
 * instance as for all other webhooks; it takes the `id` of an EventBridge envelope as message id by itself.
 */
export const eventBridgeInboundDefinition: InboundDefinition = {
  ...webhookDefinition,
  subtype: 'aws:eventbridge',
  templates: eventBridgeTemplates,
  properties: eventBridgeProperties,
  elementFields: ['messageTtl'],
};
