import { writeFileSync } from 'node:fs';
import { compareFeel } from './compare-feel.ts';
import { drawChart } from './draw-chart.ts';

const chart = new URL('../../../feel/benchmark.svg', import.meta.url);
const leastRatio = 150;
const mostDrift = 0.2;

const rate = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Prints the comparison and draws it into the README of `feel`; tells what misses its bar. */
export function benchFeel(rounds: number): void {
  const rows = compareFeel(rounds);
  const lines = rows.map(({ name, feelin, ours, oursLarge }) => {
    const times = ours / feelin;
    const large = oursLarge / ours;
    const missed = [
      ...(times < leastRatio ? [`below ${leastRatio} times`] : []),
      ...(Math.abs(1 - large) > mostDrift ? ['depends on the size of the body'] : []),
    ];
    const figures = [rate(feelin), rate(ours), `${Math.round(times)}×`, large.toFixed(2)];
    return `| ${[name, ...figures].join(' | ')} |${missed.length > 0 ? ` ← ${missed.join(', ')}` : ''}`;
  });
  writeFileSync(chart, drawChart(rows));
  process.stdout.write(
    [
      `FEEL evaluations in a CPU second, medians of ${rounds}, Node ${process.versions.node}`,
      '| expression | feelin evaluate() | compiled | ratio | 1 MB / 1 kB |',
      '| --- | --: | --: | --: | --: |',
      ...lines,
      '',
    ].join('\n'),
  );
}
