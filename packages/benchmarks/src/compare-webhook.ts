import { type Measurement, measureServer, type ServerName } from './measure-server.ts';

/** A server's figure beside the floors of the same run. */
export interface WebhookRow {
  readonly server: ServerName;
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly ofBareExpress: number;
  readonly ofBareNode: number;
}

const names: readonly ServerName[] = [
  'bare-node',
  'bare-express',
  'webhook-node',
  'webhook-express',
];

/**
 * Webhook to durable message start, through both adapters, against bare handlers that parse the same JSON.
 * The servers take turns, so that a drift of the machine meets all; medians over the rounds.
 */
export async function compareWebhook(rounds: number): Promise<readonly WebhookRow[]> {
  const runs = new Map<ServerName, Measurement[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) runs.get(name)?.push(await measureServer(name));
  }
  const perSecond = (name: ServerName): number =>
    median((runs.get(name) ?? []).map((run) => run.perSecond));
  return names.map((server) => ({
    server,
    perSecond: Math.round(perSecond(server)),
    cpuMs: round(median((runs.get(server) ?? []).map((run) => run.cpuMs)), 3),
    ofBareExpress: round(perSecond(server) / perSecond('bare-express'), 2),
    ofBareNode: round(perSecond(server) / perSecond('bare-node'), 2),
  }));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
