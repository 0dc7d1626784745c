import { compile } from '@bpmn-connectors/feel';
import { Decimal } from 'decimal.js';
import { measureRate } from './measure-rate.ts';

/** A line of an order: a price in cents makes the exact total known. */
interface Line {
  readonly price: number;
  readonly quantity: number;
}

const lineCount = 20;
const orderCount = 10_000;

const randomLine = (): Line => ({
  price: Math.round(Math.random() * 100_000) / 100,
  quantity: 1 + Math.floor(Math.random() * 9),
});

const randomOrders = (): readonly Line[][] =>
  Array.from({ length: orderCount }, () => Array.from({ length: lineCount }, randomLine));

/** In hundredths of cents: the tax rate has two places, too. */
const exactTotal = (lines: readonly Line[]): number =>
  lines.reduce((all, { price, quantity }) => all + Math.round(price * 100) * quantity, 0) * 119;

const withTax = compile('=sum(for line in lines return line.price * line.quantity) * 1.19');

const ways: Readonly<Record<string, (lines: readonly Line[]) => unknown>> = {
  'doubles, in JavaScript': (lines) =>
    lines.reduce((all, { price, quantity }) => all + price * quantity, 0) * 1.19,
  'decimal.js with 34 digits, in JavaScript': (lines) =>
    lines
      .reduce(
        (all, { price, quantity }) => all.plus(new Decimal(price).times(quantity)),
        new Decimal(0),
      )
      .times(1.19)
      .toNumber(),
  'this package, evaluator included': (lines) => withTax.evaluate({ lines }),
};

/** What decimals would cost and bring: totals with tax of orders of 20 lines, from JSON to JSON. */
export function benchNumbers(): void {
  Decimal.set({ precision: 34 });
  const orders = randomOrders();
  const rows = Object.entries(ways).map(([name, total]) => {
    const wrong = orders.filter((lines) => total(lines) !== exactTotal(lines) / 10_000).length;
    let next = 0;
    const rate = measureRate(() => total(orders[next++ % orderCount] ?? []));
    return `| ${name} | ${Math.round(rate).toLocaleString('en-US')} | ${((100 * wrong) / orderCount).toFixed(1)} % |`;
  });
  process.stdout.write(
    ['| totals | in a CPU second | wrong |', '| --- | --: | --: |', ...rows, ''].join('\n'),
  );
}
