import { cpus } from 'node:os';
import { compareWebhook } from './compare-webhook.ts';

/** Prints the webhook's rates beside bare handlers. */
export async function benchWebhook(rounds: number): Promise<void> {
  const rows = await compareWebhook(rounds);
  process.stdout.write(
    [
      `webhook → durable message start, 64 connections, ${rounds} rounds of 5 s, Node ${process.versions.node}, ${cpus().length} cores`,
      'server           per s   CPU ms   of bare express   of bare node:http',
      ...rows.map(
        (row) =>
          `${row.server.padEnd(15)}${String(row.perSecond).padStart(7)}${row.cpuMs.toFixed(3).padStart(9)}${row.ofBareExpress.toFixed(2).padStart(18)}${row.ofBareNode.toFixed(2).padStart(20)}`,
      ),
      '',
    ].join('\n'),
  );
}
