import type { ProblemCollector } from './collect-problems.ts';
import { createRateLimit, type RateLimit } from './create-rate-limit.ts';

const property = 'inbound.rateLimit';
const rate = /^(\d{1,9})\s*\/\s*(s|m|h)$/i;
const windows: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Reads `inbound.rateLimit`: `100/s`, `20/m`, `5/h`. Undefined where the model wants none. */
export function readRateLimit(
  properties: Readonly<Record<string, string>>,
  problems: ProblemCollector,
): RateLimit | undefined {
  const text = (properties[property] ?? '').trim();
  if (text === '') return undefined;
  const [, digits = '0', unit = ''] = rate.exec(text) ?? [];
  const count = Number(digits);
  if (count === 0) {
    problems.add(property, 'it is no rate', 'Write deliveries a second, minute or hour: 100/s');
    return undefined;
  }
  return createRateLimit(count, windows[unit.toLowerCase()] ?? 1000);
}
