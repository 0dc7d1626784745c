import type { InboundDefinition } from '@bpmn-connectors/sdk';
import { webhookProperties } from './properties/webhook-properties.ts';
import { webhookTemplates } from './webhook-templates.ts';

/**
 * What the webhook connector is: Camunda's type and property names, so that models made with Camunda's
 * templates (the generic webhook's and the EventBridge ones) run unchanged.
 */
export const webhookDefinition: InboundDefinition = {
  kind: 'inbound',
  type: 'io.camunda:webhook:1',
  templates: webhookTemplates,
  properties: webhookProperties,
  elementFields: ['messageTtl', 'synchronousResponse', 'deduplication'],
  endpointProperties: [
    'inbound.type',
    'inbound.method',
    'inbound.context',
    'inbound.shouldValidateHmac',
    'inbound.hmacSecret',
    'inbound.hmacHeader',
    'inbound.hmacAlgorithm',
    'inbound.hmacScopes',
    'inbound.auth.',
    'inbound.signature.',
    'inbound.verificationExpression',
    'inbound.responseBodyExpression',
    'inbound.payloadSchema',
    'inbound.rateLimit',
    'inbound.maxBodySize',
  ],
  elementExpressions: ['inbound.responseExpression'],
};
