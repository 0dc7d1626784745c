import type { BenchServer, ElementProperties } from '../bench-server.ts';
import { loadSdk } from '../camunda8/load-sdk.ts';
import { serveCommands } from './serve-commands.ts';

/** Camunda's own client alone. */
export async function camunda8Sdk({
  grpcAddress = '',
  sdkFolder = '',
  start,
}: ElementProperties): Promise<BenchServer> {
  const client = loadSdk(sdkFolder)(grpcAddress);
  return serveCommands({
    send: async (variables) => {
      try {
        if (start === 'plain') {
          await client.createProcessInstance({ bpmnProcessId: 'plain-order', variables });
        } else {
          const message = { name: 'order-created', correlationKey: '', variables };
          await client.publishMessage({ ...message, timeToLive: 0 });
        }
        return true;
      } catch {
        return false;
      }
    },
    close: async () => {
      await client.close();
    },
  });
}
