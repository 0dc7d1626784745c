import type { TemplateElement, TemplateGroup, TemplateMetadata } from '@bpmn-connectors/sdk';
import { icon } from './webhook-icon.ts';

/** Groups of a webhook's fields. */
const webhookGroups: readonly TemplateGroup[] = [
  { id: 'endpoint', label: 'Webhook', openByDefault: true },
  { id: 'authorization', label: 'Authentication' },
  { id: 'signature', label: 'Signature' },
  { id: 'limits', label: 'Limits' },
  { id: 'webhookResponse', label: 'Answer to the sender' },
];

const camundaVersion = 15;

interface Place {
  readonly element: TemplateElement;
  /** In the ids of ours and Camunda's templates. */
  readonly ours: string;
  readonly camunda?: string;
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly deprecated?: string;
}

const places: readonly Place[] = [
  {
    element: 'messageStartEvent',
    ours: 'MessageStart',
    camunda: 'WebhookConnectorStartMessage',
    file: 'message-start',
    name: 'Webhook: request starts process',
    description: 'Starts a process when a request comes in',
  },
  {
    element: 'startEvent',
    ours: 'Start',
    camunda: 'WebhookConnector',
    file: 'start',
    name: 'Webhook: request starts process (without message)',
    description: 'Starts a process when a request comes in',
    deprecated: 'A message start event is safer: a request that comes twice starts one instance',
  },
  {
    element: 'intermediateCatchEvent',
    ours: 'Intermediate',
    camunda: 'WebhookConnectorIntermediate',
    file: 'intermediate',
    name: 'Webhook: wait for request',
    description: 'Goes on when the request comes in that the instance waits for',
  },
  {
    element: 'boundaryEvent',
    ours: 'Boundary',
    camunda: 'WebhookConnectorBoundary',
    file: 'boundary',
    name: 'Webhook: request at an activity',
    description: 'Happens at an activity when the request comes in that it waits for',
  },
  {
    element: 'receiveTask',
    ours: 'Receive',
    camunda: 'WebhookConnectorReceive',
    file: 'receive',
    name: 'Webhook: receive request',
    description: 'A task that is done when the request comes in that the instance waits for',
  },
  {
    element: 'eventSubProcessStart',
    ours: 'EventSubProcess',
    file: 'event-sub-process',
    name: 'Webhook: request starts event sub-process',
    description: 'Starts an event sub-process of the instance that a request is for',
  },
];

/** Templates of the webhook connector, one for each element. */
export const webhookTemplates: readonly TemplateMetadata[] = places.map(
  ({ ours, camunda, file, ...place }) => ({
    ...place,
    id: `io.bpmn-connectors.Webhook${ours}.v1`,
    version: 1,
    file: `webhook-${file}`,
    keywords: ['webhook', 'HTTP', 'REST', 'callback', 'receive request'],
    groups: webhookGroups,
    icon,
    ...(camunda === undefined
      ? {}
      : {
          camunda: { id: `io.camunda.connectors.webhook.${camunda}.v1`, version: camundaVersion },
        }),
  }),
);
