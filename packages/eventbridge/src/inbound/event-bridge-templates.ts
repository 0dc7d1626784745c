import type { TemplateElement, TemplateGroup, TemplateMetadata } from '@bpmn-connectors/sdk';
import { receiveIcon } from '../icons.ts';

const groups: readonly TemplateGroup[] = [
  { id: 'endpoint', label: 'Webhook', openByDefault: true },
  { id: 'authorization', label: 'Authentication' },
  { id: 'limits', label: 'Limits' },
];

interface Place {
  readonly element: TemplateElement;
  /** In the ids of ours and Camunda's templates. */
  readonly ours: string;
  readonly camunda?: { readonly name: string; readonly version: number };
  readonly file: string;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly deprecated?: string;
}

const places: readonly Place[] = [
  {
    element: 'messageStartEvent',
    ours: 'MessageStart',
    camunda: { name: 'MessageStart', version: 3 },
    file: 'message-start',
    version: 2,
    name: 'Amazon EventBridge: event starts process',
    description: 'Starts a process when an Amazon EventBridge rule sends an event',
  },
  {
    element: 'startEvent',
    ours: 'Start',
    camunda: { name: 'startEvent', version: 4 },
    file: 'start',
    version: 1,
    name: 'Amazon EventBridge: event starts process (without message)',
    description: 'Starts a process when an Amazon EventBridge rule sends an event',
    deprecated: 'A message start event is safer: an event that comes twice starts one instance',
  },
  {
    element: 'intermediateCatchEvent',
    ours: 'Intermediate',
    camunda: { name: 'intermediate', version: 5 },
    file: 'intermediate',
    version: 2,
    name: 'Amazon EventBridge: wait for event',
    description:
      'Goes on when an Amazon EventBridge rule sends the event that the instance waits for',
  },
  {
    element: 'boundaryEvent',
    ours: 'Boundary',
    camunda: { name: 'boundary', version: 4 },
    file: 'boundary',
    version: 1,
    name: 'Amazon EventBridge: event at an activity',
    description: 'Happens at an activity when an Amazon EventBridge rule sends the event',
  },
  {
    element: 'receiveTask',
    ours: 'Receive',
    camunda: { name: 'receive', version: 5 },
    file: 'receive',
    version: 1,
    name: 'Amazon EventBridge: receive event',
    description: 'A task that is done when an Amazon EventBridge rule sends the event',
  },
  {
    element: 'eventSubProcessStart',
    ours: 'EventSubProcess',
    file: 'event-sub-process',
    version: 1,
    name: 'Amazon EventBridge: event starts event sub-process',
    description: 'Starts an event sub-process of the instance that an event is for',
  },
];

/** Templates for events that EventBridge sends, one for each element. */
export const eventBridgeTemplates: readonly TemplateMetadata[] = places.map(
  ({ ours, camunda, file, ...place }) => ({
    ...place,
    id: `io.bpmn-connectors.AWSEventBridge${ours}.v1`,
    file: `aws-eventbridge-${file}`,
    keywords: ['AWS', 'EventBridge', 'API destination', 'webhook', 'receive event'],
    groups,
    icon: receiveIcon,
    ...(camunda === undefined
      ? {}
      : {
          camunda: {
            id: `io.camunda.connectors.AWSEventBridge.${camunda.name}.v1`,
            version: camunda.version,
          },
        }),
  }),
);
