/**
 * Arithmetic of decimals on doubles. JSON brings numbers as doubles and takes them back as doubles, but people
 * mean the decimals they wrote: `0.1 + 0.2` is 0.3 and `129.95 * 100` is 12995, as with FEEL-scala's decimals.
 *
 * A double stands for the decimal with the fewest places that is nearest to it. Such a decimal is a whole number
 * over a power of ten; as long as both are exact doubles (below 2^53, up to 10^22) an operation on the wholes is
 * exact and one division at the end rounds once (IEEE 754 rounds divisions correctly), so that the result is the
 * double nearest to the exact decimal. What doesn't fit (more than 15 digits) is calculated as doubles are.
 */
interface Decimal {
  readonly whole: number;
  readonly places: number;
}

const powers: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

const powerOf = (exponent: number): number => powers[exponent] ?? Number.NaN;

/** More places than these would have more digits than a double keeps, or be next to nothing. */
const mostPlaces = 15;

function toDecimal(value: number): Decimal | undefined {
  for (let places = 0; places <= mostPlaces; places += 1) {
    const whole = Math.round(value * powerOf(places));
    if (!Number.isSafeInteger(whole)) return undefined;
    if (whole / powerOf(places) === value) return { whole, places };
  }
  return undefined;
}

/** The double nearest to `whole / 10^places`; undefined where it would be rounded twice. */
const toDouble = (whole: number, places: number): number | undefined =>
  Number.isSafeInteger(whole) && places < powers.length ? whole / powerOf(places) : undefined;

const areExact = (x: number, y: number): boolean =>
  Number.isSafeInteger(x) && Number.isSafeInteger(y);

type OnDecimals = (a: Decimal, b: Decimal) => number | undefined;
type OnDoubles = (a: number, b: number) => number;

/** Calculates as decimals, where that is exact, else as doubles; never -0, which decimals don't have. */
const exactly =
  (onDoubles: OnDoubles, onDecimals: OnDecimals): OnDoubles =>
  (a, b) => {
    const plain = onDoubles(a, b) + 0;
    // Most numbers are whole, and then doubles are exact.
    if (areExact(a, b) && Number.isSafeInteger(plain)) return plain;
    const left = toDecimal(a);
    const right = left === undefined ? undefined : toDecimal(b);
    if (left === undefined || right === undefined) return plain;
    return (onDecimals(left, right) ?? plain) + 0;
  };

/** Both as wholes over the same power of ten. */
function align(a: Decimal, b: Decimal): { readonly x: number; readonly y: number; places: number } {
  const places = Math.max(a.places, b.places);
  return {
    x: a.whole * powerOf(places - a.places),
    y: b.whole * powerOf(places - b.places),
    places,
  };
}

/** `a + b`. */
export const add: OnDoubles = exactly(
  (a, b) => a + b,
  (a, b) => {
    const { x, y, places } = align(a, b);
    return areExact(x, y) ? toDouble(x + y, places) : undefined;
  },
);

/** `a - b`. */
export const subtract: OnDoubles = (a, b) => add(a, -b);

/** `a * b`. */
export const multiply: OnDoubles = exactly(
  (a, b) => a * b,
  (a, b) => toDouble(a.whole * b.whole, a.places + b.places),
);

/** `a / b`; infinite or NaN where `b` is 0. */
export const divide: OnDoubles = exactly(
  (a, b) => a / b,
  (a, b) => {
    const { x, y } = align(a, b);
    return areExact(x, y) ? x / y : undefined;
  },
);

/** What is left of `a` after whole times `b`, with the sign of `b`. */
export const modulo: OnDoubles = exactly(
  (a, b) => a - b * Math.floor(a / b),
  (a, b) => {
    const { x, y, places } = align(a, b);
    if (!areExact(x, y)) return undefined;
    const rest = x % y;
    return toDouble(rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest, places);
  },
);

/** `a ** b`. */
export const power: OnDoubles = (a, b) => {
  const plain = a ** b;
  const base = Number.isInteger(b) && b > 1 ? toDecimal(a) : undefined;
  if (base === undefined || base.places === 0) return plain;
  return toDouble(base.whole ** b, base.places * b) ?? plain;
};
