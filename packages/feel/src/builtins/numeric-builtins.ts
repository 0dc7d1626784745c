import { charge } from '../run/run.ts';
import { modulo } from '../values/decimal-arithmetic.ts';
import { MonthsDuration, TimeDuration } from '../values/duration-value.ts';
import { isNumber } from '../values/kind.ts';
import { type Builtin, builtin, type Call, predicate } from './builtin.ts';
import { type Rounding, round } from './round.ts';

const onNumbers =
  (call: (a: number, b: number) => number | boolean | null): Call =>
  ([first, second = 0]) => {
    if (!isNumber(first) || !isNumber(second)) return null;
    const value = call(first, second);
    return typeof value === 'number' && !Number.isFinite(value) ? null : value;
  };

const rounded = (rounding: Rounding): Call => {
  const call = onNumbers((value, scale) => round(value, scale, rounding));
  return (args, run) => {
    charge(run, 8);
    return call(args, run);
  };
};

function absolute([value]: readonly unknown[]): unknown {
  if (isNumber(value)) return Math.abs(value);
  if (value instanceof MonthsDuration) return new MonthsDuration(Math.abs(value.months));
  return value instanceof TimeDuration ? new TimeDuration(Math.abs(value.milliseconds)) : null;
}

const remainder = (dividend: number, divisor: number): number | null =>
  divisor === 0 ? null : modulo(dividend, divisor);

const scaled = ['n, scale'];
const optionallyScaled = ['n', 'n, scale'];

/** Functions on numbers. */
export const numericBuiltins: readonly Builtin[] = [
  builtin('decimal', scaled, rounded('half even')),
  builtin('floor', optionallyScaled, rounded('floor')),
  builtin('ceiling', optionallyScaled, rounded('ceiling')),
  builtin('round up', scaled, rounded('up')),
  builtin('round down', scaled, rounded('down')),
  builtin('round half up', scaled, rounded('half up')),
  builtin('round half down', scaled, rounded('half down')),
  builtin('abs', ['n', 'number'], absolute),
  builtin('modulo', ['dividend, divisor'], onNumbers(remainder)),
  builtin('sqrt', ['number'], onNumbers(Math.sqrt)),
  builtin('log', ['number'], onNumbers(Math.log)),
  builtin('exp', ['number'], onNumbers(Math.exp)),
  predicate(
    'odd',
    ['number'],
    onNumbers((value) => Math.abs(value % 2) === 1),
  ),
  predicate(
    'even',
    ['number'],
    onNumbers((value) => value % 2 === 0),
  ),
  builtin('random number', [''], () => Math.random()),
];
