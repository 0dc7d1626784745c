/** How the digits beyond the scale are dropped. */
export type Rounding = 'up' | 'down' | 'half up' | 'half down' | 'half even' | 'floor' | 'ceiling';

/** Moves the decimal point, exactly as written: 1.005 by 2 is 100.5, not 100.49999999999999. */
function shift(value: number, places: number): number {
  const [digits = '0', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

function roundHalf(value: number, atHalf: (whole: number) => number): number {
  const size = Math.abs(value);
  const whole = Math.floor(size);
  const rest = size - whole;
  const rounded = rest === 0.5 ? atHalf(whole) : Math.round(size);
  return Math.sign(value) * rounded;
}

const wholes: Readonly<Record<Rounding, (value: number) => number>> = {
  floor: Math.floor,
  ceiling: Math.ceil,
  up: (value) => Math.sign(value) * Math.ceil(Math.abs(value)),
  down: Math.trunc,
  'half up': (value) => roundHalf(value, (whole) => whole + 1),
  'half down': (value) => roundHalf(value, (whole) => whole),
  'half even': (value) => roundHalf(value, (whole) => whole + (whole % 2)),
};

/** Rounds to a number of decimal places; null out of range. */
export function round(value: number, scale: number, rounding: Rounding): number | null {
  const shifted = shift(value, Math.trunc(scale));
  if (!Number.isFinite(shifted)) return Math.abs(scale) > 308 ? null : value;
  const result = shift(wholes[rounding](shifted), -Math.trunc(scale));
  // no negative zero: JSON would keep the sign
  return Number.isFinite(result) ? result + 0 : null;
}
