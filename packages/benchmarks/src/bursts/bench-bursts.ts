import { once } from 'node:events';
import { createServer } from 'node:http';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import { startLoop } from '../servers/start-loop.ts';
import { countInstances } from './count-instances.ts';
import { sendUntilTaken } from './send-until-taken.ts';
import { unavailableInBursts } from './unavailable-in-bursts.ts';

const bursts = { upMs: 400, downMs: 200 };
const senders = 64;
const durationMs = 3000;

const eventOf = (id: number): string =>
  JSON.stringify({
    id: `event-${id}`,
    'detail-type': 'MyEvent',
    source: 'custom.application',
    detail: { event: 'order_created', customer_id: `customer-${id}`, order_total: 100.5 },
  });

/**
 * Load on a process runtime that is unavailable in bursts: 503 with `Retry-After`, senders come again, and in
 * the end everything is in exactly once. Senders are in the same process.
 * @throws {Error} an event is missing or in twice.
 */
export async function benchBursts(rounds: number): Promise<void> {
  process.stdout.write(
    `process runtime away ${bursts.downMs} ms of every ${bursts.upMs + bursts.downMs} ms, ${senders} senders, Node ${process.versions.node}\n` +
      '| events | requests | 503 + Retry-After | events per s | requests per s | in exactly once |\n' +
      '| --: | --: | --: | --: | --: | --: |\n',
  );
  for (let round = 0; round < rounds; round++) process.stdout.write(await runOnce());
}

async function runOnce(): Promise<string> {
  const loop = await startLoop(
    { 'inbound.auth.type': 'NONE' },
    // All are counted in the end.
    { between: unavailableInBursts(bursts), endedInstances: Number.MAX_SAFE_INTEGER },
  );
  const server = createServer(createNodeHandler(loop.hooks));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}/webhooks/orders`;
  try {
    const sent = await sendUntilTaken(url, eventOf, { durationMs, senders });
    const counts = await countInstances(loop.engine);
    const once = [...counts.values()].filter((count) => count === 1).length;
    if (once !== sent.events || counts.size !== sent.events) {
      throw new Error(`${sent.events} events, ${counts.size} are in, ${once} of them exactly once`);
    }
    const { events, requests, refusals, seconds } = sent;
    const rates = [events, requests].map((count) => Math.round(count / seconds));
    return `| ${[events, requests, refusals, ...rates, once].join(' | ')} |\n`;
  } finally {
    server.close();
    server.closeAllConnections();
    await loop.close();
  }
}
