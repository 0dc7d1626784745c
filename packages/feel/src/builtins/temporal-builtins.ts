import { FeelDate, FeelDateTime, FeelTime, toFeel } from 'feelin';
import { chargeTemporal, type Run } from '../run/run.ts';
import { MonthsDuration, TimeDuration } from '../values/duration-value.ts';
import { isNumber, isText } from '../values/kind.ts';
import { parseDuration } from '../values/parse-duration.ts';
import { dateFromText, dateTimeFromText, timeFromText } from '../values/parse-temporal.ts';
import { DateTimeValue, DateValue, TimeValue } from '../values/temporal-value.ts';
import { type Builtin, builtin } from './builtin.ts';

type Args = readonly unknown[];

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

const isWhole = (value: unknown): value is number =>
  isNumber(value) && Number.isInteger(value) && value >= 0;

function date([from, month, day]: Args): DateValue | null {
  if (isWhole(from) && isWhole(month) && isWhole(day)) {
    return dateFromText(`${pad(from, 4)}-${pad(month)}-${pad(day)}`);
  }
  if (isText(from)) return dateFromText(from);
  if (from instanceof DateTimeValue)
    return new DateValue(new FeelDate(from.feel.unwrap().toPlainDate()));
  return from instanceof DateValue ? from : null;
}

function offsetText(offset: unknown): string | null {
  if (offset === undefined || offset === null) return '';
  if (!(offset instanceof TimeDuration)) return null;
  const minutes = Math.abs(offset.milliseconds) / 60_000;
  if (!Number.isInteger(minutes)) return null;
  return `${offset.milliseconds < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

function time([from, minute, second, offset]: Args): TimeValue | null {
  if (isWhole(from) && isWhole(minute) && isNumber(second)) {
    const zone = offsetText(offset);
    const [whole = '0', fraction] = String(second).split('.');
    const seconds = `${whole.padStart(2, '0')}${fraction === undefined ? '' : `.${fraction}`}`;
    return zone === null ? null : timeFromText(`${pad(from)}:${pad(minute)}:${seconds}${zone}`);
  }
  if (isText(from)) return timeFromText(from);
  if (from instanceof DateTimeValue) {
    return new TimeValue(new FeelTime(from.feel.unwrap().toPlainTime(), from.feel.zone));
  }
  return from instanceof TimeValue ? from : null;
}

function dateAndTime([from, second]: Args): DateTimeValue | null {
  if (second === undefined) {
    if (isText(from)) return dateTimeFromText(from);
    return from instanceof DateTimeValue ? from : null;
  }
  const day = from instanceof DateValue || from instanceof DateTimeValue ? date([from]) : null;
  if (day !== null && second instanceof TimeValue) {
    const joined = day.feel.unwrap().toPlainDateTime(second.feel.unwrap());
    return new DateTimeValue(new FeelDateTime(joined, second.feel.zone));
  }
  return from instanceof DateTimeValue && isText(second) ? inZone(from, second) : null;
}

/** The same instant in another zone. */
function inZone({ feel }: DateTimeValue, zone: string): DateTimeValue | null {
  if (feel.zone === null) return dateTimeFromText(`${feel.unwrap().toString()}@${zone}`);
  try {
    const moved = feel.unwrap().toZonedDateTime(feel.zone).withTimeZone(zone);
    return new DateTimeValue(new FeelDateTime(moved.toPlainDateTime(), moved.timeZoneId));
  } catch {
    return null;
  }
}

function duration([from]: Args): unknown {
  if (isText(from)) return parseDuration(from);
  return from instanceof TimeDuration || from instanceof MonthsDuration ? from : null;
}

function yearsAndMonths([from, to]: Args): MonthsDuration | null {
  const start = date([from]);
  const end = date([to]);
  if (start === null || end === null || isText(from) || isText(to)) return null;
  const { months } = start.feel.unwrap().until(end.feel.unwrap(), { largestUnit: 'month' });
  return new MonthsDuration(months);
}

function nowIn(run: Run): DateTimeValue | null {
  chargeTemporal(run);
  const value: unknown = toFeel(new Date(run.now()));
  return value instanceof FeelDateTime ? new DateTimeValue(value) : null;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** For functions on the day of a date, or of a date and time. */
const onDay =
  (call: (day: ReturnType<FeelDate['unwrap']>) => unknown) =>
  ([value]: Args): unknown => {
    const day = isText(value) ? null : date([value]);
    return day === null ? null : call(day.feel.unwrap());
  };

const made: readonly Builtin[] = [
  builtin('date', ['from', 'year, month, day'], date),
  builtin('time', ['from', 'hour, minute, second', 'hour, minute, second, offset'], time),
  builtin('date and time', ['from', 'date, time', 'date, timezone'], dateAndTime),
  builtin('duration', ['from'], duration),
  builtin('years and months duration', ['from, to'], yearsAndMonths),
  builtin('now', [''], (_, run) => nowIn(run)),
  builtin('today', [''], (_, run) => date([nowIn(run)])),
  builtin(
    'day of week',
    ['date'],
    onDay((day) => weekdays[day.dayOfWeek - 1]),
  ),
  builtin(
    'day of year',
    ['date'],
    onDay((day) => day.dayOfYear),
  ),
  builtin(
    'week of year',
    ['date'],
    onDay((day) => day.weekOfYear ?? null),
  ),
  builtin(
    'month of year',
    ['date'],
    onDay((day) => months[day.month - 1]),
  ),
  builtin(
    'last day of month',
    ['date'],
    onDay((day) => new DateValue(new FeelDate(day.with({ day: day.daysInMonth })))),
  ),
];

/** Functions on dates, times and durations. */
export const temporalBuiltins: readonly Builtin[] = made.map((one) => ({
  ...one,
  call(args, run) {
    chargeTemporal(run);
    return one.call(args, run);
  },
}));
