import type { AddressInfo } from 'node:net';
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

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port });
});
process.once('message', async () => {
  server.close();
  server.closeAllConnections();
  process.send?.({ taken: await taken(), cpu: process.cpuUsage() });
  await close();
  process.disconnect();
});
