import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hostileCases } from './hostile-cases.ts';

const child = fileURLToPath(new URL('time-first.js', import.meta.url));
const mostMs = 50;

function timeFirst(expression: string): { readonly ms: number; readonly end: string } {
  const line = execFileSync(process.execPath, [child, expression], { encoding: 'utf8' });
  const [ms = '', ...end] = line.split(' ');
  return { ms: Number(ms), end: end.join(' ') };
}

/** How long the first evaluation in a process takes on hostile data; tells what misses the bar. */
export function benchHostile(rounds: number): void {
  const rows = hostileCases.map((expression) => {
    const runs = Array.from({ length: Math.max(3, rounds) }, () => timeFirst(expression));
    const times = runs.map(({ ms }) => Math.round(ms));
    const [best, worst] = [Math.min(...times), Math.max(...times)];
    const missed = worst > mostMs ? ` ← over ${mostMs} ms` : '';
    return `| \`${expression}\` | ${best}–${worst} | ${runs[0]?.end ?? ''} |${missed}`;
  });
  process.stdout.write(
    ['| first evaluation in a process | ms | ends with |', '| --- | --- | --- |', ...rows, ''].join(
      '\n',
    ),
  );
}
