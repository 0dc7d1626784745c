import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import {
  type LocalEventBridge,
  type LocalEventBridgeOptions,
  startLocalEventBridge,
} from '@bpmn-connectors/testing';

/** What is to be ended after a test. */
export const endings: (() => unknown)[] = [];
/** Ends what a test has started, the last first. */
export async function endAll(): Promise<void> {
  for (const end of endings.splice(0).reverse()) await end();
}

export async function start(options?: LocalEventBridgeOptions): Promise<LocalEventBridge> {
  const bridge = await startLocalEventBridge(options);
  endings.push(() => bridge.close());
  return bridge;
}

export function clientOf(bridge: LocalEventBridge, maxAttempts = 1): EventBridgeClient {
  const client = new EventBridgeClient({
    endpoint: bridge.endpoint,
    region: bridge.region,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    maxAttempts,
  });
  endings.push(() => client.destroy());
  return client;
}

export const entry = (changes: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  Source: 'shop.orders',
  DetailType: 'OrderCreated',
  Detail: '{"id":1}',
  ...changes,
});

export const put = (client: EventBridgeClient, ...entries: PutEventsRequestEntry[]) =>
  client.send(new PutEventsCommand({ Entries: entries }));
