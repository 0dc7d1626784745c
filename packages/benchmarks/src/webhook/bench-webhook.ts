import { cpus } from 'node:os';
import { compareWebhook, type WebhookFigures } from './compare-webhook.ts';

/** Prints the webhook's rates beside bare handlers. */
export async function benchWebhook(rounds: number): Promise<void> {
  const rows = await compareWebhook(rounds);
  process.stdout.write(
    [
      `webhooks, 64 connections, ${rounds} rounds of 3 s, Node ${process.versions.node}, ${cpus().length} cores, load generator included`,
      '| server | credentials | condition | per s | CPU ms | of bare express | of bare node:http |',
      '| --- | --- | --- | --: | --: | --: | --: |',
      ...rows.map(lineOf),
      '',
    ].join('\n'),
  );
}

function lineOf({ row, perSecond, cpuMs, ofBareExpress, ofBareNode }: WebhookFigures): string {
  const { server, credentials, met } = row;
  const bare = server.startsWith('bare');
  const condition = met ? 'met: durable start' : 'not met';
  const names = bare ? [server, '–', '–'] : [server, credentials.name, condition];
  const ratios = [ofBareExpress, ofBareNode].map((ratio) => ratio.toFixed(2));
  return `| ${[...names, perSecond, cpuMs.toFixed(3), ...ratios].join(' | ')} |`;
}
