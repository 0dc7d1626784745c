import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile, type FeelResult } from '../src/index.ts';

/** A decimal as a whole number over a power of ten: 12995 and 2 are 129.95. */
interface Decimal {
  readonly whole: bigint;
  readonly places: number;
}

const decimal = (digits: number): fc.Arbitrary<Decimal> =>
  fc.record({
    whole: fc.bigInt({ min: -(10n ** BigInt(digits)), max: 10n ** BigInt(digits) }),
    places: fc.nat({ max: digits - 1 }),
  });

/** The double nearest to a decimal: parsing decimals rounds correctly. */
const nearest = ({ whole, places }: Decimal): number => Number(`${whole}e-${places}`);

const calculate = (source: string, a: Decimal, b: Decimal): FeelResult =>
  compile(source).evaluate({ a: nearest(a), b: nearest(b) });

/** The wholes of both over the same power of ten. */
function aligned(a: Decimal, b: Decimal): { x: bigint; y: bigint; places: number } {
  const places = Math.max(a.places, b.places);
  const scale = (one: Decimal): bigint => one.whole * 10n ** BigInt(places - one.places);
  return { x: scale(a), y: scale(b), places };
}

const floored = (x: bigint, y: bigint): bigint => ((x % y) + y) % y;

const operations: readonly [string, (a: Decimal, b: Decimal) => Decimal][] = [
  [
    'a + b',
    (a, b) => {
      const { x, y, places } = aligned(a, b);
      return { whole: x + y, places };
    },
  ],
  [
    'a - b',
    (a, b) => {
      const { x, y, places } = aligned(a, b);
      return { whole: x - y, places };
    },
  ],
  ['a * b', (a, b) => ({ whole: a.whole * b.whole, places: a.places + b.places })],
  [
    'a / b',
    (a, b) => {
      const { x, y } = aligned(a, b);
      return { whole: (x * 10n ** 60n) / y, places: 60 };
    },
  ],
  [
    'modulo(a, b)',
    (a, b) => {
      const { x, y, places } = aligned(a, b);
      return { whole: floored(x, y), places };
    },
  ],
];

describe('numbers are calculated as the decimals they stand for', () => {
  test.each(operations)('%s is the double nearest to the exact result', (source, exact) => {
    fc.assert(
      fc.property(decimal(7), decimal(7), (a, b) => {
        fc.pre(b.whole !== 0n);
        expect(calculate(source, a, b)).toBe(nearest(exact(a, b)) + 0);
      }),
      { numRuns: 2000 },
    );
  });

  test('a sum of prices is exact', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10_000_000 }), { maxLength: 100 }), (cents) => {
        const prices = cents.map((price) => price / 100);
        const total = cents.reduce((all, one) => all + one, 0);
        if (cents.length === 0) return;
        expect(compile('sum(prices)').evaluate({ prices })).toBe(total / 100);
      }),
    );
  });

  test.each([
    ['0.1 + 0.2 = 0.3', true],
    ['129.95 * 100', 12995],
    ['floor(129.95 * 100)', 12995],
    ['0.3 / 0.1', 3],
    ['1.1 ** 2', 1.21],
    ['modulo(0.3, 0.1)', 0],
    ['modulo(-10, 3.5)', 0.5],
    ['mean([0.1, 0.2, 0.3])', 0.2],
    ['product([1.1, 1.1])', 1.21],
    ['3 - 2.9', 0.1],
    ['1 / 3', 1 / 3],
    ['9007199254740993 - 1', 9007199254740991],
    ['10 ** 400', null],
  ])('%s is %p', (source, expected) => {
    expect(compile(source).evaluate({})).toBe(expected);
  });

  test('numbers of more digits than a double keeps are calculated as doubles are, and stay finite', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true }),
        fc.double({ noNaN: true }),
        fc.constantFrom('a + b', 'a - b', 'a * b', 'a / b', 'a ** b', 'modulo(a, b)', 'sum(a, b)'),
        (a, b, source) => {
          const value = compile(source).evaluate({ a, b });
          expect(value === null || Number.isFinite(value)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
