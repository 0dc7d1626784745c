import type { Measurement } from '../measurement.ts';
import { createCredentials } from './create-credentials.ts';
import { measureServer } from './measure-server.ts';
import { startTokenIssuer } from './start-token-issuer.ts';
import { type ServerName, type WebhookRow, webhookRows } from './webhook-row.ts';

/** A row's figures beside the floors of the same run. */
export interface WebhookFigures {
  readonly row: WebhookRow;
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly ofBareExpress: number;
  readonly ofBareNode: number;
}

/**
 * Both adapters, with each kind of credentials and the condition met and not, against bare handlers that
 * parse the same JSON. The rows take turns, so that a drift of the machine meets all; medians over the rounds.
 */
export async function compareWebhook(rounds: number): Promise<readonly WebhookFigures[]> {
  const issuer = await startTokenIssuer();
  const rows = webhookRows(createCredentials(issuer));
  const runs = new Map<WebhookRow, Measurement[]>(rows.map((row) => [row, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [row, measurements] of runs) measurements.push(await measureServer(row));
  }
  await issuer.close();
  const medianOf = (row: WebhookRow, figure: keyof Measurement): number =>
    median((runs.get(row) ?? []).map((run) => run[figure]));
  const floor = (name: ServerName): number =>
    median(rows.filter(({ server }) => server === name).map((row) => medianOf(row, 'perSecond')));
  return rows.map((row) => ({
    row,
    perSecond: Math.round(medianOf(row, 'perSecond')),
    cpuMs: medianOf(row, 'cpuMs'),
    ofBareExpress: medianOf(row, 'perSecond') / floor('bare-express'),
    ofBareNode: medianOf(row, 'perSecond') / floor('bare-node'),
  }));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
