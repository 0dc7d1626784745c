import type { ElementTemplate } from '@bpmn-connectors/element-templates';

/** What a person fills in, by the name that a field writes. The webhook id is the template's own. */
const values: Readonly<Record<string, string>> = {
  'authentication.type': 'credentials',
  'authentication.accessKey': 'AKIAEXAMPLE',
  'authentication.secretKey': 'an-example',
  'configuration.region': 'eu-central-1',
  'input.source': 'com.example.orders',
  'input.detailType': 'order_created',
  'input.detail': '={orderId: orderId}',
  'inbound.auth.type': 'APIKEY',
  'inbound.auth.apiKey': 'the-api-key',
  'inbound.auth.apiKeyLocator': '=request.headers.apikey',
  correlationKey: '=orderId',
  correlationKeyExpression: '=request.body.orderId',
  resultExpression: '={received: request.body.orderId}',
};
const outboundResult = '={eventId: response.entries[1].eventId}';

/** Whether the template works jobs. */
export const isOutbound = ({ elementType }: ElementTemplate): boolean =>
  elementType.value === 'bpmn:ServiceTask';

/** What is filled in for a field of the template; undefined: it is left as it is. */
export function valueFor(
  template: ElementTemplate,
  { binding }: ElementTemplate['properties'][number],
  webhookId: string,
): string | undefined {
  const name = 'name' in binding ? binding.name : 'key' in binding ? binding.key : binding.property;
  if (name === 'inbound.context') return webhookId;
  return name === 'resultExpression' && isOutbound(template) ? outboundResult : values[name];
}
