import type { FeelRow } from './compare-feel.ts';

const width = 720;
const left = 150;
const right = 80;
const rowHeight = 56;
const top = 44;
const decades = { from: 2, to: 8 };

const x = (rate: number): number =>
  left + ((Math.log10(rate) - decades.from) / (decades.to - decades.from)) * (width - left - right);

const short = (rate: number): string =>
  rate >= 1e6 ? `${(rate / 1e6).toFixed(1)} M` : `${(rate / 1e3).toFixed(1)} k`;

const series = [
  { key: 'feelin', label: 'feelin evaluate(), 1 kB', color: '#9aa5b1' },
  { key: 'ours', label: 'compiled, 1 kB', color: '#1f6feb' },
  { key: 'oursLarge', label: 'compiled, 1 MB', color: '#79b8ff' },
] as const;

function bars(row: FeelRow, index: number): string[] {
  const y = top + index * rowHeight;
  return [
    `<text x="${left - 8}" y="${y + 25}" text-anchor="end">${row.name}</text>`,
    ...series.flatMap(({ key, color }, at) => {
      const end = x(row[key]);
      const line = y + 4 + at * 14;
      return [
        `<rect x="${left}" y="${line}" width="${(end - left).toFixed(1)}" height="12" fill="${color}"/>`,
        `<text x="${(end + 4).toFixed(1)}" y="${line + 10}">${short(row[key])}</text>`,
      ];
    }),
  ];
}

/** Bars of the rates on a logarithmic axis, as SVG. */
export function drawChart(rows: readonly FeelRow[]): string {
  const bottom = top + rows.length * rowHeight;
  const ticks = Array.from({ length: decades.to - decades.from + 1 }, (_, index) => {
    const at = x(10 ** (decades.from + index)).toFixed(1);
    return [
      `<line x1="${at}" y1="${top}" x2="${at}" y2="${bottom}" stroke="#e1e4e8"/>`,
      `<text x="${at}" y="${bottom + 14}" text-anchor="middle">10^${decades.from + index}</text>`,
    ].join('\n');
  });
  const legend = series.map(
    ({ label, color }, index) =>
      `<rect x="${left + index * 180}" y="10" width="12" height="12" fill="${color}"/><text x="${left + 18 + index * 180}" y="20">${label}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${bottom + 36}" font-family="sans-serif" font-size="11" fill="#24292f">`,
    '<title>FEEL evaluations in a CPU second</title>',
    `<rect width="${width}" height="${bottom + 36}" fill="#ffffff"/>`,
    ...legend,
    ...ticks,
    ...rows.flatMap(bars),
    `<text x="${left}" y="${bottom + 30}">evaluations in a CPU second, logarithmic</text>`,
    '</svg>',
    '',
  ].join('\n');
}
