import { FeelDate, FeelDateTime, FeelTime } from 'feelin';
import { chargeTemporal, type Run } from '../run/run.ts';
import { MonthsDuration, TimeDuration } from './duration-value.ts';
import { InternalValue } from './internal-value.ts';
import { DateTimeValue, DateValue, TimeValue } from './temporal-value.ts';

type Duration = MonthsDuration | TimeDuration;

const isDuration = (value: unknown): value is Duration =>
  value instanceof MonthsDuration || value instanceof TimeDuration;

/** As Temporal takes durations: whole numbers only. */
function fieldsOf(duration: Duration, sign: 1 | -1) {
  if (duration instanceof MonthsDuration) return { months: sign * duration.months };
  const total = sign * duration.milliseconds;
  const whole = Math.trunc(total);
  return { milliseconds: whole, nanoseconds: Math.round((total - whole) * 1e6) };
}

function addToDate(date: DateValue, duration: Duration, sign: 1 | -1): DateValue {
  const sum = date.feel.unwrap().toPlainDateTime().add(fieldsOf(duration, sign));
  return new DateValue(new FeelDate(sum.toPlainDate()));
}

function addToDateTime({ feel }: DateTimeValue, duration: Duration, sign: 1 | -1): DateTimeValue {
  const fields = fieldsOf(duration, sign);
  const { zone } = feel;
  if (zone === null) return new DateTimeValue(new FeelDateTime(feel.unwrap().add(fields)));
  const sum = feel.unwrap().toZonedDateTime(zone).add(fields);
  return new DateTimeValue(new FeelDateTime(sum.toPlainDateTime(), zone));
}

function addToTime({ feel }: TimeValue, duration: Duration, sign: 1 | -1): TimeValue | null {
  if (duration instanceof MonthsDuration) return null;
  return new TimeValue(new FeelTime(feel.unwrap().add(fieldsOf(duration, sign)), feel.zone));
}

function addDurations(a: Duration, b: Duration, sign: 1 | -1): Duration | null {
  if (a instanceof MonthsDuration && b instanceof MonthsDuration) {
    return new MonthsDuration(a.months + sign * b.months);
  }
  if (a instanceof TimeDuration && b instanceof TimeDuration) {
    return new TimeDuration(a.milliseconds + sign * b.milliseconds);
  }
  return null;
}

function addDuration(value: unknown, duration: Duration, sign: 1 | -1): unknown {
  if (value instanceof DateValue) return addToDate(value, duration, sign);
  if (value instanceof DateTimeValue) return addToDateTime(value, duration, sign);
  if (value instanceof TimeValue) return addToTime(value, duration, sign);
  return isDuration(value) ? addDurations(value, duration, sign) : null;
}

function difference(a: unknown, b: unknown): unknown {
  if (a instanceof DateValue && b instanceof DateValue) {
    const days = a.feel.unwrap().since(b.feel.unwrap(), { largestUnit: 'day' }).days;
    return new TimeDuration(days * 86_400_000);
  }
  if (a instanceof TimeValue && b instanceof TimeValue && a.kind === b.kind) {
    return new TimeDuration(a.rank() - b.rank());
  }
  if (a instanceof DateTimeValue && b instanceof DateTimeValue && a.kind === b.kind) {
    return new TimeDuration(Number(a.rank() - b.rank()) / 1e6);
  }
  return null;
}

function scale(duration: Duration, factor: number): Duration | null {
  if (!Number.isFinite(factor)) return null;
  return duration instanceof MonthsDuration
    ? new MonthsDuration(Math.trunc(duration.months * factor))
    : new TimeDuration(duration.milliseconds * factor);
}

function divide(a: unknown, b: unknown): unknown {
  if (!isDuration(a)) return null;
  if (typeof b === 'number') return scale(a, 1 / b);
  if (!isDuration(b) || a.kind !== b.kind || b.rank() === 0) return null;
  return a.rank() / b.rank();
}

function calculate(operator: string, a: unknown, b: unknown): unknown {
  switch (operator) {
    case '+':
      if (isDuration(b)) return addDuration(a, b, 1);
      return isDuration(a) ? addDuration(b, a, 1) : null;
    case '-':
      return isDuration(b) ? addDuration(a, b, -1) : difference(a, b);
    case '*':
      if (isDuration(a) && typeof b === 'number') return scale(a, b);
      return isDuration(b) && typeof a === 'number' ? scale(b, a) : null;
    case '/':
      return divide(a, b);
    default:
      return null;
  }
}

/** Calculates with dates, times and durations; null where the operator does not apply, or out of range. */
export function temporalArithmetic(operator: string, a: unknown, b: unknown, run: Run): unknown {
  if (!(a instanceof InternalValue) && !(b instanceof InternalValue)) return null;
  chargeTemporal(run);
  try {
    return calculate(operator, a, b);
  } catch (error) {
    // Temporal knows no date beyond about ±271,821 years
    if (error instanceof RangeError) return null;
    throw error;
  }
}
