import { charge, chargeConversion, deeper, type Run } from '../run/run.ts';
import { InternalValue } from './internal-value.ts';
import { isContext, isList } from './kind.ts';

/** All digits, never an exponent, as Camunda writes numbers. */
function numberToText(value: number): string {
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const power = Number(exponent);
  const figures = whole + fraction;
  return power < 0
    ? `${sign}0.${'0'.repeat(-power - 1)}${figures}`
    : `${sign}${figures.padEnd(power + 1, '0')}`;
}

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function nested(value: unknown, run: Run): string {
  if (typeof value !== 'string') return valueToText(value, run);
  chargeConversion(run, value.length);
  return quote(value);
}

function compositeToText(value: unknown, run: Run): string {
  if (isList(value)) {
    charge(run, 1 + 2 * value.length);
    return `[${value.map((item) => nested(item, run)).join(', ')}]`;
  }
  const entries = isContext(value) ? Object.entries(value) : [];
  charge(run, 1 + 2 * entries.length);
  return `{${entries.map(([key, entry]) => `${key}:${nested(entry, run)}`).join(', ')}}`;
}

/** What `string()` gives. */
export function valueToText(value: unknown, run: Run): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberToText(value);
  if (isList(value) || isContext(value)) return deeper(run, () => compositeToText(value, run));
  return value instanceof InternalValue || typeof value === 'boolean' ? String(value) : 'null';
}
