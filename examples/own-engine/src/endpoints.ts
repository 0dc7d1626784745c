import type { DeployedInboundElement } from '@bpmn-connectors/sdk';

/** Who may call: an API destination whose connection sends the key in the header `apikey`. */
const authorized = {
  'inbound.type': 'io.camunda:webhook:1',
  'inbound.method': 'post',
  'inbound.auth.type': 'APIKEY',
  'inbound.auth.apiKey': '{{secrets.WEBHOOK_KEY}}',
  'inbound.auth.apiKeyLocator': '=request.headers.apikey',
};

/** Where events come in: the same properties that a model has. */
export const endpoints: readonly DeployedInboundElement[] = [
  {
    processId: 'order',
    elementId: 'ordered',
    elementType: 'startEvent',
    properties: {
      ...authorized,
      'inbound.context': 'orders',
      resultExpression: '={orderId: request.body.detail.order_id}',
    },
  },
  {
    processId: 'order',
    elementId: 'received',
    elementType: 'intermediateCatchEvent',
    message: { name: 'shipment' },
    properties: {
      ...authorized,
      'inbound.context': 'shipments',
      consumeUnmatchedEvents: 'true',
      activationCondition: '=request.body.detail.status = "received"',
      correlationKeyExpression: '=request.body.detail.order_id',
      resultExpression: '={status: request.body.detail.status}',
    },
  },
];
