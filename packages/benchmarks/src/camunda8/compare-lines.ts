import type { Measurement } from '../measurement.ts';
import type { Line } from './line.ts';
import { medianOf } from './median-of.ts';

/**
 * Lines take turns, so that a drift of the machine meets all. Resolves to the rows of a table: rate, CPU and
 * memory, medians over the rounds.
 */
export async function compareLines(
  lines: readonly Line[],
  rounds: number,
): Promise<readonly string[]> {
  const runs = new Map(lines.map((line): [Line, Measurement[]] => [line, []]));
  // The models are there, and the broker has warmed up, when the figures begin.
  for (const line of [...lines].reverse()) await line.measure();
  for (let round = 0; round < rounds; round++) {
    for (const [line, measurements] of runs) measurements.push(await line.measure());
  }
  return [...runs].map(([{ name }, measurements]) => rowOf(name, measurements));
}

function rowOf(name: string, measurements: readonly Measurement[]): string {
  const of = (figure: keyof Measurement): number =>
    medianOf(measurements.map((run) => run[figure]));
  const figures = [Math.round(of('perSecond')), of('cpuMs').toFixed(2), Math.round(of('rssMb'))];
  return `| ${[name, ...figures].join(' | ')} |`;
}
