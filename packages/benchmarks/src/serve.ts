import { z } from 'zod';
import type { BenchServer, ElementProperties } from './bench-server.ts';

type CreateServer = (properties: ElementProperties) => Promise<BenchServer>;

// Each loads nothing but itself, so that memory is its own.
const servers: Readonly<Record<string, () => Promise<CreateServer>>> = {
  'bare-node': async () => (await import('./servers/bare-node.ts')).bareNode,
  'bare-express': async () => (await import('./servers/bare-express.ts')).bareExpress,
  'webhook-node': async () => (await import('./servers/webhook-node.ts')).webhookNode,
  'webhook-express': async () => (await import('./servers/webhook-express.ts')).webhookExpress,
  'camunda8-client': async () => (await import('./servers/camunda8-client.ts')).camunda8Client,
  'camunda8-sdk': async () => (await import('./servers/camunda8-sdk.ts')).camunda8Sdk,
  'camunda8-webhook': async () => (await import('./servers/camunda8-webhook.ts')).camunda8Webhook,
};

const load = servers[process.argv[2] ?? ''];
if (load === undefined || process.send === undefined) {
  throw new Error(`to be forked with one of ${Object.keys(servers).join(', ')}`);
}
const properties = z.record(z.string(), z.string()).parse(JSON.parse(process.argv[3] ?? '{}'));
const create = await load();
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
