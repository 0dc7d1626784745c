import type { DeployedInboundElement } from '@bpmn-connectors/sdk';

type Parts = Partial<Omit<DeployedInboundElement, 'properties'>> & {
  readonly properties?: Readonly<Record<string, string>>;
};

/** A plain start event on the line `orders`. */
export const startElement = ({ properties, ...parts }: Parts = {}): DeployedInboundElement => ({
  processId: 'order',
  elementId: 'Start_1',
  elementType: 'startEvent',
  version: 1,
  ...parts,
  properties: { 'inbound.type': 'test:line:1', 'inbound.context': 'orders', ...properties },
});

/** A catch event on the line `payments` that waits for the message `paid`. */
export const catchElement = ({ properties, ...parts }: Parts = {}): DeployedInboundElement => ({
  processId: 'order',
  elementId: 'Catch_1',
  elementType: 'intermediateCatchEvent',
  version: 1,
  message: { name: 'paid' },
  ...parts,
  properties: {
    'inbound.type': 'test:line:1',
    'inbound.context': 'payments',
    correlationKeyExpression: '=request.body.order',
    ...properties,
  },
});
