import { z } from 'zod';
import type { BenchServer, ElementProperties } from './bench-server.ts';
import { bareExpress } from './servers/bare-express.ts';
import { bareNode } from './servers/bare-node.ts';
import { camunda8Client } from './servers/camunda8-client.ts';
import { camunda8Webhook } from './servers/camunda8-webhook.ts';
import { webhookExpress } from './servers/webhook-express.ts';
import { webhookNode } from './servers/webhook-node.ts';

const servers: Readonly<Record<string, (properties: ElementProperties) => Promise<BenchServer>>> = {
  'bare-node': bareNode,
  'bare-express': bareExpress,
  'webhook-node': webhookNode,
  'webhook-express': webhookExpress,
  'camunda8-client': camunda8Client,
  'camunda8-webhook': camunda8Webhook,
};

const create = servers[process.argv[2] ?? ''];
if (create === undefined || process.send === undefined) {
  throw new Error(`to be forked with one of ${Object.keys(servers).join(', ')}`);
}
const properties = z.record(z.string(), z.string()).parse(JSON.parse(process.argv[3] ?? '{}'));
const { server, taken, close } = await create(properties);
let before = process.cpuUsage();

const end = async (): Promise<void> => {
  server.close();
  server.closeAllConnections();
  const { user, system } = process.cpuUsage(before);
  const rssMb = process.memoryUsage.rss() / 1_000_000;
  process.send?.({ taken: taken(), cpuMs: (user + system) / 1000, rssMb });
  await close();
  process.disconnect();
};

process.once('message', () => {
  end().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  before = process.cpuUsage();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
