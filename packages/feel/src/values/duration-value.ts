import { InternalValue } from './internal-value.ts';

/** `P1Y6M`: a number of months. */
export class MonthsDuration extends InternalValue {
  readonly kind = 'years and months duration';
  readonly months: number;

  constructor(months: number) {
    super();
    this.months = months;
  }

  override rank(): number {
    return this.months;
  }

  override property(name: string): unknown {
    if (name === 'years') return Math.trunc(this.months / 12);
    return name === 'months' ? this.months % 12 : null;
  }

  override toString(): string {
    const sign = this.months < 0 ? '-' : '';
    const years = Math.trunc(Math.abs(this.months) / 12);
    const months = Math.abs(this.months) % 12;
    if (years === 0 && months === 0) return 'P0M';
    return `${sign}P${years === 0 ? '' : `${years}Y`}${months === 0 ? '' : `${months}M`}`;
  }
}

const parts: Readonly<Record<string, readonly [unit: number, modulus: number]>> = {
  days: [86_400_000, Number.POSITIVE_INFINITY],
  hours: [3_600_000, 24],
  minutes: [60_000, 60],
  seconds: [1000, 60],
};

/** `P1DT2H`: a number of milliseconds. */
export class TimeDuration extends InternalValue {
  readonly kind = 'days and time duration';
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super();
    this.milliseconds = milliseconds;
  }

  override rank(): number {
    return this.milliseconds;
  }

  override property(name: string): unknown {
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    return part === undefined ? null : Math.trunc(this.milliseconds / part[0]) % part[1];
  }

  /** Hours, minutes and seconds, days counted as hours, as Java's `Duration` (and so Camunda) writes it. */
  override toString(): string {
    const all = Math.abs(this.milliseconds);
    if (all === 0) return 'PT0S';
    const hours = Math.floor(all / 3_600_000);
    const minutes = Math.floor((all % 3_600_000) / 60_000);
    const seconds = Number(((all % 60_000) / 1000).toFixed(9));
    const sign = this.milliseconds < 0 ? '-' : '';
    const head = `${hours === 0 ? '' : `${hours}H`}${minutes === 0 ? '' : `${minutes}M`}`;
    return `${sign}PT${head}${seconds === 0 ? '' : `${seconds}S`}`;
  }
}
