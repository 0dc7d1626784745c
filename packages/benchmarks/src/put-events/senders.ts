import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import { createOutbound } from '@bpmn-connectors/runtime';

/** One way to put events on a bus. */
export interface EventSender {
  /** Sends so many events at once. @throws {Error} one was not taken. */
  readonly send: () => Promise<void>;
  /** Events of one `send`. */
  readonly events: number;
  readonly close: () => Promise<void>;
}

/** Names of `senders`. */
export type SenderName = 'connector' | 'sdk-single' | 'sdk-batches';

const detail = { event: 'order_created', customer_id: '12345', order_total: 100.5 };
const keys = { accessKey: 'AKIABENCHMARK', secretKey: 'no-secret' };
const region = 'us-east-1';

/** Jobs through the connector runtime, each with one event. */
async function connector(endpoint: string): Promise<EventSender> {
  const outbound = createOutbound({
    connectors: [eventBridge({ endpoint, defaultRegion: region })],
  });
  let key = 0;
  return {
    events: 1,
    send: async () => {
      const result = await outbound.execute(
        {
          key: String(key++),
          type: 'io.camunda:aws-eventbridge:1',
          processId: 'order',
          processInstanceKey: '1',
          elementId: 'Task_Notify',
          elementInstanceKey: '2',
          retries: 3,
          deadline: 0,
          variables: {
            authentication: { type: 'credentials', ...keys },
            configuration: { region },
            input: {
              source: 'shop.orders',
              detailType: 'OrderCreated',
              eventBusName: 'default',
              detail,
            },
          },
          customHeaders: { resultExpression: '={eventId: response.entries[1].eventId}' },
        },
        { signal: new AbortController().signal },
      );
      if (result.action !== 'complete') throw new Error(`A job ended with ${result.action}`);
    },
    close: () => outbound.close(),
  };
}

/** The AWS SDK as it is, so many entries in a call. */
async function sdk(endpoint: string, events: number): Promise<EventSender> {
  const aws = await import('@aws-sdk/client-eventbridge');
  const client: EventBridgeClient = new aws.EventBridgeClient({
    endpoint,
    region,
    credentials: { accessKeyId: keys.accessKey, secretAccessKey: keys.secretKey },
  });
  return {
    events,
    send: async () => {
      const Entries = Array.from({ length: events }, () => ({
        Source: 'shop.orders',
        DetailType: 'OrderCreated',
        EventBusName: 'default',
        Detail: JSON.stringify(detail),
      }));
      const { FailedEntryCount } = await client.send(new aws.PutEventsCommand({ Entries }));
      if (FailedEntryCount !== 0) throw new Error('An entry was refused');
    },
    close: async () => client.destroy(),
  };
}

/** The ways that are compared. */
export const senders: Readonly<Record<SenderName, (endpoint: string) => Promise<EventSender>>> = {
  connector,
  'sdk-single': (endpoint) => sdk(endpoint, 1),
  'sdk-batches': (endpoint) => sdk(endpoint, 10),
};
