import { createCamunda8 } from '@bpmn-connectors/camunda8';
import type { Command, JsonObject } from '@bpmn-connectors/sdk';
import type { BenchServer, ElementProperties } from '../bench-server.ts';
import { serveCommands } from './serve-commands.ts';

const commandOf = (start: string | undefined, variables: JsonObject): Command =>
  start === 'plain'
    ? { kind: 'start', processId: 'plain-order', elementId: 'Start_1', variables }
    : { kind: 'publish', messageName: 'order-created', correlationKey: '', variables };

/** Our client alone. */
export async function camunda8Client({
  grpcAddress = '',
  start,
}: ElementProperties): Promise<BenchServer> {
  const camunda8 = createCamunda8({ grpcAddress });
  return serveCommands({
    send: async (variables) => {
      const { status } = await camunda8.send(commandOf(start, variables));
      return status === 'started' || status === 'accepted';
    },
    close: () => camunda8.close(),
  });
}
