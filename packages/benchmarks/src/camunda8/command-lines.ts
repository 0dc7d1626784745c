import type { Zeebe } from '@bpmn-connectors/testing/zeebe';
import { measureServer } from '../webhook/measure-server.ts';
import type { ServerName } from '../webhook/webhook-row.ts';
import type { Line } from './line.ts';

/** Few enough for Zeebe to push back but rarely. */
export const connections = 32;

/** Who hands the cluster commands: clients alone, then the webhook. */
export function commandLines({ grpcAddress }: Zeebe): readonly Line[] {
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
          properties: { grpcAddress, start },
          headersFor: () => ({}),
        },
      }),
  });
  return [
    line('the client alone, publish to a message start', 'camunda8-client', 'message'),
    line('webhook, message start', 'camunda8-webhook', 'message'),
    line('the client alone, create instance', 'camunda8-client', 'plain'),
    line('webhook, plain start (claim durable first)', 'camunda8-webhook', 'plain'),
    line('webhook, condition not met', 'camunda8-webhook', 'message', false),
  ];
}
