import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SampleEvent } from './sample-events.ts';

/**
 * Puts an event on the default bus, as the shop would.
 * @param endpoint the local stand-in's.
 * @throws {Error} the bus did not take it.
 */
export async function putOnBus(endpoint: string, event: SampleEvent): Promise<void> {
  const client = new EventBridgeClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const { Entries = [] } = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: event.source,
            DetailType: event.detailType,
            Detail: JSON.stringify(event.detail),
          },
        ],
      }),
    );
    const [entry] = Entries;
    if (entry?.EventId === undefined) throw new Error(`the bus refused it: ${entry?.ErrorCode}`);
  } finally {
    client.destroy();
  }
}
