import type { Zeebe } from '@bpmn-connectors/testing/zeebe';
import { measureServer } from '../webhook/measure-server.ts';
import type { ServerName } from '../webhook/webhook-row.ts';
import { sdkVersion } from './install-sdk.ts';
import type { Line } from './line.ts';

/** Few enough for Zeebe to push back but rarely. */
export const connections = 32;

/** Who hands the cluster commands: clients alone, then the webhook. */
export function commandLines({ grpcAddress }: Zeebe, sdkFolder: string): readonly Line[] {
  const line = (name: string, server: ServerName, start: string, met = true): Line => ({
    name,
    measure: () =>
      measureServer({
        server,
        met,
        connections,
        pushesBack: true,
        credentials: {
          name: 'None',
          properties: { grpcAddress, sdkFolder, start },
          headersFor: () => ({}),
        },
      }),
  });
  return [
    line('the client alone, publish to a message start', 'camunda8-client', 'message'),
    line(
      `@camunda8/sdk ${sdkVersion} alone, publish to a message start`,
      'camunda8-sdk',
      'message',
    ),
    line('webhook, message start', 'camunda8-webhook', 'message'),
    line('the client alone, create instance', 'camunda8-client', 'plain'),
    line(`@camunda8/sdk ${sdkVersion} alone, create instance`, 'camunda8-sdk', 'plain'),
    line('webhook, plain start (claim durable first)', 'camunda8-webhook', 'plain'),
    line('webhook, condition not met', 'camunda8-webhook', 'message', false),
  ];
}
