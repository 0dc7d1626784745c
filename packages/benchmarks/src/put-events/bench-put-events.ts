import { cpus } from 'node:os';
import { measureSender, type SenderMeasurement } from './measure-sender.ts';
import type { SenderName } from './senders.ts';

const names: readonly SenderName[] = ['sdk-single', 'sdk-batches', 'connector'];
const seconds = 5;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Senders take turns, so that a drift of the machine meets all; medians over the rounds. */
async function compare(
  rounds: number,
  durationSeconds: number,
): Promise<(field: keyof SenderMeasurement, name: SenderName) => number> {
  const runs = new Map<SenderName, SenderMeasurement[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) runs.get(name)?.push(await measureSender(name, durationSeconds));
  }
  return (field, name) => median((runs.get(name) ?? []).map((run) => run[field]));
}

/** Prints the rates of jobs through the connector beside those of the AWS SDK alone. */
export async function benchPutEvents(rounds: number): Promise<void> {
  const load = await compare(rounds, seconds);
  const cold = await compare(rounds * 3, 0);
  const row = (name: SenderName): string => {
    const perSecond = load('perSecond', name);
    return [
      name.padEnd(14),
      perSecond.toFixed(0).padStart(7),
      load('cpuMs', name).toFixed(3).padStart(9),
      (perSecond / load('perSecond', 'sdk-single')).toFixed(2).padStart(14),
      (perSecond / load('perSecond', 'sdk-batches')).toFixed(2).padStart(15),
      cold('firstEventMs', name).toFixed(0).padStart(16),
    ].join('');
  };
  process.stdout.write(
    [
      `events to a local endpoint, 100 at the same time, ${rounds} rounds of ${seconds} s, Node ${process.versions.node}, ${cpus().length} cores`,
      'sender          per s   CPU ms   of sdk-single   of sdk-batches   first event ms',
      ...names.map(row),
      '',
    ].join('\n'),
  );
}
