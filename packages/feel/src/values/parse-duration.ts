import { MonthsDuration, TimeDuration } from './duration-value.ts';

const monthsPattern = /^([-+])?P(?=\S)(?:([-+]?\d+)Y)?(?:([-+]?\d+)M)?$/;
const timePattern =
  /^([-+])?P(?=\S)(?:([-+]?\d+)D)?(?:T(?=\S)(?:([-+]?\d+)H)?(?:([-+]?\d+)M)?(?:([-+]?\d+(?:\.\d{1,9})?)S)?)?$/;

/** Longer texts are no durations. */
const longest = 64;

const signed = (sign: string | undefined, total: number): number =>
  sign === '-' && total !== 0 ? -total : total;

function parseMonths(text: string): MonthsDuration | null {
  const [found, sign, years = 0, months = 0] = monthsPattern.exec(text) ?? [];
  const total = Number(years) * 12 + Number(months);
  if (found === undefined || !Number.isSafeInteger(total)) return null;
  return new MonthsDuration(signed(sign, total));
}

function parseTime(text: string): TimeDuration | null {
  const [found, sign, days = 0, hours = 0, minutes = 0, seconds = 0] = timePattern.exec(text) ?? [];
  const total =
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
  if (found === undefined || Math.abs(total) > Number.MAX_SAFE_INTEGER) return null;
  return new TimeDuration(signed(sign, total));
}

/** Reads `P1Y2M` or `P1DT2H3M4.5S`; null where the text is neither, or mixes both kinds. */
export function parseDuration(text: string): MonthsDuration | TimeDuration | null {
  return text.length > longest ? null : (parseMonths(text) ?? parseTime(text));
}
