import { cpus } from 'node:os';
import { startZeebe } from '@bpmn-connectors/testing/zeebe';
import type { Measurement } from '../measurement.ts';
import { measureServer } from '../webhook/measure-server.ts';
import type { WebhookRow } from '../webhook/webhook-row.ts';

/** Few enough for Zeebe to push back but rarely. */
const connections = 32;

interface Line {
  readonly name: string;
  readonly row: WebhookRow;
}

function linesFor(grpcAddress: string): readonly Line[] {
  const line = (name: string, server: WebhookRow['server'], start: string, met = true): Line => ({
    name,
    row: {
      server,
      met,
      connections,
      pushesBack: true,
      credentials: { name: 'None', properties: { grpcAddress, start }, headersFor: () => ({}) },
    },
  });
  return [
    line('client alone, publish to a message start', 'camunda8-client', 'message'),
    line('webhook, message start', 'camunda8-webhook', 'message'),
    line('client alone, create instance', 'camunda8-client', 'plain'),
    line('webhook, plain start (claim durable first)', 'camunda8-webhook', 'plain'),
    line('webhook, condition not met', 'camunda8-webhook', 'message', false),
  ];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function print(runs: ReadonlyMap<Line, readonly Measurement[]>): void {
  for (const [{ name }, measurements] of runs) {
    const of = (figure: keyof Measurement): number =>
      median(measurements.map((run) => run[figure]));
    const figures = [Math.round(of('perSecond')), of('cpuMs').toFixed(2), Math.round(of('rssMb'))];
    process.stdout.write(`| ${[name, ...figures].join(' | ')} |\n`);
  }
}

/** Prints rates, CPU and memory of our process in front of a real broker, beside its client alone. */
export async function benchCamunda8(rounds: number): Promise<void> {
  const zeebe = await startZeebe({ kind: 'broker' });
  try {
    const lines = linesFor(zeebe.grpcAddress);
    const runs = new Map(lines.map((line): [Line, Measurement[]] => [line, []]));
    // The models are there, and the broker has warmed up, when the figures begin.
    for (const { row } of [...lines].reverse()) await measureServer(row);
    for (let round = 0; round < rounds; round++) {
      for (const [{ row }, measurements] of runs) measurements.push(await measureServer(row));
    }
    process.stdout.write(
      [
        `webhooks on a Zeebe broker 8.6.0, ${connections} connections, ${rounds} rounds of 3 s, Node ${process.versions.node}, ${cpus().length} cores, broker and load generator included`,
        '| what | per s | CPU ms a request | RSS MB |',
        '| --- | --: | --: | --: |',
        '',
      ].join('\n'),
    );
    print(runs);
  } finally {
    await zeebe.stop();
  }
}
