import { parseDate, parseDateTime, parseTime } from 'feelin';
import { parseDuration } from './parse-duration.ts';
import { DateTimeValue, DateValue, TimeValue } from './temporal-value.ts';

const date = String.raw`[+-]?\d{4,9}-\d{2}-\d{2}`;
const time = String.raw`\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?`;
const zone = String.raw`(?:Z|[+-]\d{2}:\d{2}|@[A-Za-z][A-Za-z0-9_+/-]{0,63})?`;
const datePattern = new RegExp(`^${date}$`);
const timePattern = new RegExp(`^${time}${zone}$`);
const dateTimePattern = new RegExp(`^${date}(?:T${time}${zone})?$`);

/** feelin refuses negative years with an exception of its own, and takes `+00:00` for a zone other than `Z`. */
const prepare = (text: string): string => text.replace(/\+00:00$/, 'Z').replace(/^-.*/, '');

/** Reads `2024-05-04`; null where it is no date. */
export function dateFromText(text: string): DateValue | null {
  const feel = datePattern.test(text) ? parseDate(prepare(text)) : null;
  return feel === null ? null : new DateValue(feel);
}

/** Reads `12:30:00`, `12:30:00Z`, `12:30:00+02:00`, `12:30:00@Europe/Berlin`; null where it is no time. */
export function timeFromText(text: string): TimeValue | null {
  const feel = timePattern.test(text) ? parseTime(prepare(text)) : null;
  return feel === null ? null : new TimeValue(feel);
}

/** Reads a date with or without a time (then midnight) and zone; null where it is none. */
export function dateTimeFromText(text: string): DateTimeValue | null {
  const feel = dateTimePattern.test(text) ? parseDateTime(prepare(text)) : null;
  return feel === null ? null : new DateTimeValue(feel);
}

/** Reads what stands behind `@`. */
export const temporalFromText = (text: string) =>
  dateFromText(text) ?? timeFromText(text) ?? dateTimeFromText(text) ?? parseDuration(text);
