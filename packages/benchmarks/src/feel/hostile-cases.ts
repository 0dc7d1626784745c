import type { Scope } from '@bpmn-connectors/feel';

/** The expressions that are slowest on hostile data, of those in the tests of `feel`. */
export const hostileCases = [
  'for i in 1..9999 return to json(b.rows)',
  'for i in b.numbers return round up(i / 3, 5)',
  'for i in b.rows return date and time(i.at) < date and time("2024-05-04T12:30:15Z")',
  '{f: function(x) if x = 0 then 0 else f(x - 1) + f(x - 1), r: f(30)}.r',
  'for i in b.rows return b.rows[id = i.id]',
  'for i in b.rows return date and time(i.at).time offset',
  'distinct values(b.rows)',
  'to json(b.lists)',
  'for i in 1..9999 return string(b.rows)',
  '{all: b.ones, d: @"P1D"}',
] as const;

/** Data far beyond what a webhook takes in. */
export function hostileScope(): Scope {
  const rows = Array.from({ length: 3000 }, (_, i) => ({
    id: i,
    name: `n${i}`,
    price: i % 7,
    tags: ['a', `b${i}`],
    at: '2024-05-04T12:30:15@Europe/Berlin',
  }));
  const numbers = Array.from({ length: 400_000 }, (_, i) => (i * 7919) % 400_000);
  const lists = Array.from({ length: 700_000 }, () => []);
  const ones = Array.from({ length: 1_000_000 }, () => 1);
  return { b: { rows, numbers, lists, ones } };
}
