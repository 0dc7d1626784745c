import { field } from '@bpmn-connectors/sdk';
import { authenticationFields, endpointFields, limitFields } from '@bpmn-connectors/webhook';
import { z } from 'zod';

/** Properties of a webhook that an API destination of EventBridge calls, as templates show them. */
export const eventBridgeProperties = z.object({
  inbound: z.object({
    ...endpointFields(),
    eventBusName: field(z.string().optional(), {
      label: 'Event bus',
      description: 'Bus that the rule sits on: for people, an event does not tell',
      group: 'endpoint',
      placeholder: 'default',
    }),
    shouldValidateHmac: field(z.literal('disabled').default('disabled'), { hidden: true }),
    auth: authenticationFields({
      label: 'Authorization of the connection',
      description: 'As set in the EventBridge connection',
      initial: 'APIKEY',
      apiKeyLocator: '=request.headers.apikey',
    }),
    ...limitFields(),
  }),
});
