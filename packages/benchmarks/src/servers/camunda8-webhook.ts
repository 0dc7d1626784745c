import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCamunda8 } from '@bpmn-connectors/camunda8';
import { openJournal } from '@bpmn-connectors/journal';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import type { Command } from '@bpmn-connectors/sdk';
import { webhook } from '@bpmn-connectors/webhook';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import type { BenchServer, ElementProperties } from '../bench-server.ts';
import { readOrderModel } from '../camunda8/read-order-model.ts';

/** The receiver in front of a cluster, as the command serves it: claims on a durable journal. */
export async function camunda8Webhook({
  grpcAddress = '',
  start = 'message',
}: ElementProperties): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-bench-'));
  const journal = await openJournal(folder);
  const camunda8 = createCamunda8({ grpcAddress, journal });
  const hooks = webhook({ allowUnauthenticated: true, consumeUnmatchedEvents: true });
  let taken = 0;
  const send = async (command: Command) => {
    const outcome = await camunda8.send(command);
    if (outcome.status === 'started' || outcome.status === 'accepted') taken++;
    return outcome;
  };
  const connectorRuntime = createConnectorRuntime({
    processRuntime: { ...camunda8, send },
    connectors: [hooks],
    journal,
  });
  await camunda8.deploy([{ name: `${start}.bpmn`, content: await readOrderModel(start) }]);
  await connectorRuntime.start();
  return {
    server: createServer(createNodeHandler(hooks)),
    taken: () => taken,
    close: async () => {
      await connectorRuntime.close();
      await camunda8.close();
      await journal.close();
      await rm(folder, { recursive: true });
    },
  };
}
