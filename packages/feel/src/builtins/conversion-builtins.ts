import { charge, chargeConversion, claimText, type Run } from '../run/run.ts';
import { isNumber, isText } from '../values/kind.ts';
import { toResult } from '../values/to-result.ts';
import { valueToText } from '../values/to-text.ts';
import { type Builtin, builtin } from './builtin.ts';

function string([value]: readonly unknown[], run: Run): unknown {
  if (value === null) return null;
  const text = valueToText(value, run);
  claimText(run, text.length);
  if (isNumber(value)) chargeConversion(run, text.length);
  return text;
}

const numeral = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function parseNumber(text: string): number | null {
  const value = numeral.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

const isSeparator = (value: unknown, allowed: readonly string[]): value is string | null =>
  value === null || (isText(value) && allowed.includes(value));

/** With a grouping and a decimal separator, null for none. */
function number([from, grouping = null, decimal = null]: readonly unknown[], run: Run): unknown {
  if (isNumber(from)) return from;
  if (!isText(from)) return null;
  chargeConversion(run, 4 * from.length);
  if (!isSeparator(grouping, [' ', '.', ',']) || !isSeparator(decimal, ['.', ','])) return null;
  if (grouping !== null && grouping === decimal) return null;
  const plain = grouping === null ? from : from.replaceAll(grouping, '');
  return parseNumber(decimal === null ? plain : plain.replace(decimal, '.'));
}

/** Of JSON that is made in a step. */
const charactersPerStep = 32;

function toJson([value]: readonly unknown[], run: Run): unknown {
  // What steps are left bounds the size, so that nothing is gone through in vain.
  const resultSize = Math.min(run.limits.resultSize, run.stepsLeft * charactersPerStep);
  const budget = { limits: { ...run.limits, resultSize }, left: resultSize };
  const result = toResult(value, budget.limits, budget);
  charge(run, Math.ceil((resultSize - budget.left) / charactersPerStep));
  const text = JSON.stringify(result);
  claimText(run, text.length);
  return text;
}

function fromJson([text]: readonly unknown[], run: Run): unknown {
  if (!isText(text)) return null;
  claimText(run, text.length);
  chargeConversion(run, 3 * text.length);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

/** Functions that turn values of one type into another; those for temporal values are apart. */
export const conversionBuiltins: readonly Builtin[] = [
  builtin('string', ['from'], string),
  builtin(
    'number',
    ['from', 'from, grouping separator', 'from, grouping separator, decimal separator'],
    number,
  ),
  builtin('to json', ['value'], toJson),
  builtin('from json', ['value'], fromJson),
];
