import type { FeelDate, FeelDateTime, FeelTime } from 'feelin';
import { TimeDuration } from './duration-value.ts';
import { InternalValue } from './internal-value.ts';

const own = (properties: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(properties, name) ? (properties[name] ?? null) : null;

const isOffset = (zone: string): boolean => zone === 'UTC' || /^[+-]/.test(zone);

function zoneSuffix(zone: string | null): string {
  if (zone === null) return '';
  if (zone === 'UTC') return 'Z';
  return isOffset(zone) ? zone : `@${zone}`;
}

const offsetOf = (zoned: FeelTime | FeelDateTime): number | null =>
  zoned.zone === null ? null : zoned['time offset'].unwrap().total('milliseconds');

function offsetProperty(zoned: FeelTime | FeelDateTime): unknown {
  const offset = offsetOf(zoned);
  return offset === null ? null : new TimeDuration(offset);
}

/** `2024-05-04` */
export class DateValue extends InternalValue {
  readonly kind = 'date';
  readonly feel: FeelDate;

  constructor(feel: FeelDate) {
    super();
    this.feel = feel;
  }

  override rank(): number {
    return (this.feel.year * 100 + this.feel.month) * 100 + this.feel.day;
  }

  override property(name: string): unknown {
    const { year, month, day, weekday } = this.feel;
    return own({ year, month, day, weekday }, name);
  }

  override toString(): string {
    return this.feel.toString();
  }
}

/** `12:30:00`, with or without a zone. */
export class TimeValue extends InternalValue {
  readonly kind: 'time' | 'local time';
  readonly feel: FeelTime;
  #rank: number | undefined;

  constructor(feel: FeelTime) {
    super();
    this.feel = feel;
    this.kind = feel.zone === null ? 'local time' : 'time';
  }

  /** Milliseconds since midnight in UTC, or of the local day. */
  override rank(): number {
    this.#rank ??=
      this.feel.unwrap().since('00:00').total('milliseconds') - (offsetOf(this.feel) ?? 0);
    return this.#rank;
  }

  override equals(other: InternalValue): boolean {
    return this.toString() === other.toString();
  }

  override property(name: string): unknown {
    const { hour, minute, second, timezone } = this.feel;
    if (name === 'time offset') return offsetProperty(this.feel);
    return own({ hour, minute, second, timezone }, name);
  }

  override toString(): string {
    return `${this.feel.unwrap().toString()}${zoneSuffix(this.feel.zone)}`;
  }
}

/** `2024-05-04T12:30:00`, with or without a zone. */
export class DateTimeValue extends InternalValue {
  readonly kind: 'date and time' | 'local date and time';
  readonly feel: FeelDateTime;
  #rank: bigint | undefined;

  constructor(feel: FeelDateTime) {
    super();
    this.feel = feel;
    this.kind = feel.zone === null ? 'local date and time' : 'date and time';
  }

  /** Kept, as resolving a zone is slow and sorting asks often. */
  override rank(): bigint {
    this.#rank ??= this.feel.unwrap().toZonedDateTime(this.feel.zone ?? 'UTC').epochNanoseconds;
    return this.#rank;
  }

  /** The same instant in two zones is not the same value, as in FEEL-scala. */
  override equals(other: InternalValue): boolean {
    return this.toString() === other.toString();
  }

  override property(name: string): unknown {
    const { year, month, day, weekday, hour, minute, second, timezone } = this.feel;
    if (name === 'time offset') return offsetProperty(this.feel);
    return own({ year, month, day, weekday, hour, minute, second, timezone }, name);
  }

  override toString(): string {
    return `${this.feel.unwrap().toString()}${zoneSuffix(this.feel.zone)}`;
  }

  /** ISO 8601 with an offset: a named zone is resolved. */
  toIsoText(): string {
    const { zone } = this.feel;
    if (zone === null || isOffset(zone)) return this.toString();
    return this.feel.unwrap().toZonedDateTime(zone).toString({ timeZoneName: 'never' });
  }
}
