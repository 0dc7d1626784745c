import { defineOutbound, field, secret } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { sendIcon } from '../icons.ts';
import { completeEvents } from './complete-events.ts';
import { parseTime } from './parse-time.ts';

const notBlank = (text: string): boolean => text.trim() !== '';

const required = () => z.string().min(1).refine(notBlank, 'must not be blank');

/** Models older than Camunda 8.4 have keys and no type. */
const keys = () =>
  z.object({
    type: z.literal('credentials').optional(),
    accessKey: secret({ label: 'Access key', placeholder: '{{secrets.AWS_ACCESS_KEY}}' }),
    secretKey: secret({
      label: 'Secret key',
      tooltip:
        'Name a secret here; a key written into the model is readable by all who see the model.',
      placeholder: '{{secrets.AWS_SECRET_KEY}}',
    }),
    sessionToken: secret({
      label: 'Session token',
      description: 'Only for temporary credentials',
      placeholder: '{{secrets.AWS_SESSION_TOKEN}}',
    }).optional(),
  });

const authentication = () =>
  field(
    z.discriminatedUnion('type', [
      keys(),
      z.object({ type: z.literal('defaultCredentialsChain') }),
    ]),
    {
      label: 'Credentials',
      tooltip:
        'The default chain takes what the machine offers: environment, profile, web identity or the role of the container or instance.',
      group: 'authentication',
      initial: 'defaultCredentialsChain',
      choices: {
        credentials: 'Access key',
        defaultCredentialsChain: 'Default chain of the machine',
      },
    },
  );

const region = () =>
  field(z.string().min(1).max(255), {
    label: 'Region',
    description: 'Left empty, events go to the region of the connector runtime',
    group: 'configuration',
    placeholder: 'eu-central-1',
  });

/** Names, also those of partners (`aws.partner/…`), and ARNs, as AWS's own model of the API has them. */
const eventBusNameOrArn =
  /^(?:arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:\d{12}:event-bus\/)?[/.\-_A-Za-z0-9]+$/;

const eventFields = () => ({
  source: field(
    required()
      .refine((text) => !text.startsWith('aws.'), 'must not begin with aws., which AWS keeps')
      .optional(),
    {
      label: 'Source',
      description: 'Who tells of the event; rules match it. Must not begin with <code>aws.</code>',
      group: 'eventDetails',
      required: true,
      feel: 'optional',
      placeholder: 'com.example.orders',
    },
  ),
  detailType: field(required().max(128).optional(), {
    label: 'Detail type',
    description: 'What happened; rules match it',
    group: 'eventDetails',
    required: true,
    feel: 'optional',
    placeholder: 'order_created',
  }),
  eventBusName: field(required().max(1600).regex(eventBusNameOrArn).optional(), {
    label: 'Event bus',
    description: 'Name or ARN of the bus',
    group: 'eventDetails',
    required: true,
    initial: 'default',
    feel: 'optional',
  }),
  detail: field(z.unknown().optional(), {
    label: 'Detail',
    description: 'The event itself, a JSON object',
    group: 'eventPayload',
    required: true,
    multiline: true,
    feel: 'required',
    placeholder: '{orderId: order.id, total: order.total}',
  }),
  resources: field(z.array(required().max(2048)).optional(), {
    label: 'Resources',
    description: 'ARNs that the event is about',
    group: 'moreDetails',
    placeholder: '["arn:aws:s3:::orders"]',
    feel: 'required',
  }),
  time: field(
    z
      .string()
      .refine((text) => !Number.isNaN(parseTime(text)), 'must be a date and time as in ISO 8601')
      .optional(),
    {
      label: 'Time',
      description: 'When it happened; now where empty',
      group: 'moreDetails',
      feel: 'optional',
      placeholder: '=now()',
    },
  ),
  traceHeader: field(z.string().max(500).optional(), {
    label: 'Trace header',
    description: "Of X-Ray; the job's own trace where empty",
    group: 'moreDetails',
    feel: 'optional',
  }),
});

/** PutEvents takes no more in one call. */
const maxEntries = 10;

const events = () =>
  z
    .object({
      ...eventFields(),
      entries: field(z.array(z.object(eventFields())).min(1).max(maxEntries).optional(), {
        label: 'Events',
        description:
          'Up to ten events at once; what one of them leaves out is taken from the fields above',
        group: 'moreDetails',
        placeholder: 'for o in orders return {detail: o}',
        feel: 'required',
      }),
    })
    .transform(completeEvents);

const input = z
  .object({
    authentication: authentication().optional(),
    configuration: z
      .object({
        region: region().optional(),
        endpoint: field(z.string().optional(), { hidden: true }),
      })
      .optional(),
    input: events(),
    awsCredential: field(
      z.object({ authentication: authentication(), region: region() }).optional(),
      {
        hidden: true,
      },
    ),
  })
  .refine((value) => value.authentication !== undefined || value.awsCredential !== undefined, {
    path: ['authentication'],
    message: 'is missing',
  });

/**
 * What the EventBridge connector is: Camunda's job type and variable names, so that models made with
 * Camunda's templates run unchanged. `awsCredential` is Camunda's credential configuration: its
 * authentication and region win.
 */
export const eventBridgeDefinition = defineOutbound({
  type: 'io.camunda:aws-eventbridge:1',
  template: {
    id: 'io.bpmn-connectors.AWSEventBridge.v1',
    version: 2,
    name: 'Amazon EventBridge: put event',
    description: 'Puts an event on an Amazon EventBridge bus',
    keywords: ['AWS', 'EventBridge', 'event bus', 'PutEvents', 'publish event'],
    file: 'aws-eventbridge-outbound',
    icon: sendIcon,
    groups: [
      { id: 'authentication', label: 'Authentication' },
      { id: 'configuration', label: 'Region' },
      { id: 'eventDetails', label: 'Event', openByDefault: true },
      { id: 'eventPayload', label: 'Event payload', openByDefault: true },
      { id: 'moreDetails', label: 'More about the event' },
    ],
    camunda: { id: 'io.camunda.connectors.AWSEventBridge.v1', version: 8 },
  },
  input,
  headers: z.object({
    failOnRejectedEntry: field(z.enum(['true', 'false']).default('true'), {
      label: 'An event that EventBridge refuses',
      tooltip: 'Completed means: look at <code>failedEntryCount</code> yourself.',
      group: 'error',
      choices: { true: 'Fails the job', false: 'Lets it complete' },
    }),
  }),
});

/** A job's variables as bound by the definition. */
export type EventBridgeInput = z.output<typeof eventBridgeDefinition.input>;

/** Credentials as a model gives them. */
export type AuthenticationInput = NonNullable<EventBridgeInput['authentication']>;
