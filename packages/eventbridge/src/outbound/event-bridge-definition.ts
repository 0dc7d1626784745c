import { defineOutbound, field, secret } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import { completeEvents } from './complete-events.ts';

const notBlank = (text: string): boolean => text.trim() !== '';

const required = () => z.string().min(1).refine(notBlank, 'must not be blank');

/** Models older than Camunda 8.4 have keys and no type. */
const keys = () =>
  z.object({
    type: z.literal('credentials').optional(),
    accessKey: secret({ label: 'Access key' }),
    secretKey: secret({ label: 'Secret key' }),
    sessionToken: secret({ label: 'Session token' }).optional(),
  });

const authentication = () =>
  field(
    z.discriminatedUnion('type', [
      keys(),
      z.object({ type: z.literal('defaultCredentialsChain') }),
    ]),
    {
      label: 'Credentials',
      group: 'authentication',
      choices: {
        credentials: 'Access key',
        defaultCredentialsChain: 'Default chain of the machine',
      },
    },
  );

const region = () =>
  field(z.string().min(1).max(255), { label: 'Region', placeholder: 'eu-central-1' });

/** Names, also those of partners (`aws.partner/…`), and ARNs, as AWS's own model of the API has them. */
const eventBusNameOrArn =
  /^(?:arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:\d{12}:event-bus\/)?[/.\-_A-Za-z0-9]+$/;

const eventFields = () => ({
  source: field(
    required()
      .refine((text) => !text.startsWith('aws.'), 'must not begin with aws., which AWS keeps')
      .optional(),
    { label: 'Source', group: 'eventDetails', feel: 'optional', placeholder: 'com.example.orders' },
  ),
  detailType: field(required().max(128).optional(), {
    label: 'Detail type',
    group: 'eventDetails',
    feel: 'optional',
  }),
  eventBusName: field(required().max(1600).regex(eventBusNameOrArn).optional(), {
    label: 'Event bus',
    description: 'Name or ARN of the bus',
    group: 'eventDetails',
    feel: 'optional',
    placeholder: 'default',
  }),
  detail: field(z.unknown().optional(), {
    label: 'Detail',
    description: 'The event itself, a JSON object',
    group: 'eventPayload',
    feel: 'required',
  }),
  resources: field(z.array(required().max(2048)).optional(), {
    label: 'Resources',
    description: 'ARNs that the event is about',
    group: 'eventDetails',
    feel: 'required',
  }),
  time: field(
    z
      .string()
      .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date and time as in ISO 8601')
      .optional(),
    { label: 'Time', description: 'When it happened; now by default', group: 'eventDetails' },
  ),
  traceHeader: field(z.string().max(500).optional(), {
    label: 'Trace header',
    description: 'X-Ray trace header',
    group: 'eventDetails',
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
        group: 'eventPayload',
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
    version: 1,
    name: 'Amazon EventBridge: put event',
    description: 'Puts an event on an Amazon EventBridge bus',
    keywords: ['AWS', 'EventBridge', 'event bus', 'PutEvents', 'publish event'],
  },
  input,
});

/** A job's variables as bound by the definition. */
export type EventBridgeInput = z.output<typeof eventBridgeDefinition.input>;

/** Credentials as a model gives them. */
export type AuthenticationInput = NonNullable<EventBridgeInput['authentication']>;
