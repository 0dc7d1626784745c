import type { BenchServer } from './bench-server.ts';
import { bareExpress } from './servers/bare-express.ts';
import { bareNode } from './servers/bare-node.ts';
import { webhookExpress } from './servers/webhook-express.ts';
import { webhookNode } from './servers/webhook-node.ts';

const servers: Readonly<Record<string, () => Promise<BenchServer>>> = {
  'bare-node': bareNode,
  'bare-express': bareExpress,
  'webhook-node': webhookNode,
  'webhook-express': webhookExpress,
};

const create = servers[process.argv[2] ?? ''];
if (create === undefined || process.send === undefined) {
  throw new Error(`to be forked with one of ${Object.keys(servers).join(', ')}`);
}
const { server, taken, close } = await create();

const end = async (): Promise<void> => {
  server.close();
  server.closeAllConnections();
  const { user, system } = process.cpuUsage();
  process.send?.({ taken: taken(), cpuMs: (user + system) / 1000 });
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
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
