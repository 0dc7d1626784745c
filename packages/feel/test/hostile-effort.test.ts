import { describe, expect, test } from '@jest/globals';
import { compile, FeelEvaluationError, type Scope } from '../src/index.ts';

const rows = Array.from({ length: 3000 }, (_, i) => ({
  id: i,
  name: `n${i}`,
  price: i % 7,
  tags: ['a', `b${i}`],
  at: '2024-05-04T12:30:15@Europe/Berlin',
}));

const scope: Scope = {
  b: {
    rows,
    numbers: Array.from({ length: 400_000 }, (_, i) => (i * 7919) % 400_000),
    names: Array.from({ length: 60_000 }, (_, i) => `name ${(i * 7919) % 60_000}`),
    texts: Array.from({ length: 40 }, (_, i) => `${'x'.repeat(50_000)}${i}`),
    wide: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i])),
    lists: Array.from({ length: 700_000 }, () => []),
    ones: Array.from({ length: 1_000_000 }, () => 1),
    a10k: 'a'.repeat(10_000),
    a2M: 'a'.repeat(2_000_000),
    sharp: 'ß'.repeat(2_000_000),
    digits: `${'1'.repeat(1_000_000)}x`,
    groups: '1,'.repeat(1_000_000),
    json: JSON.stringify(rows),
    escapes: '\\a'.repeat(300_000),
    match: `${'a'.repeat(900_000)}b`,
    blanks: { [' '.repeat(50_000)]: 1 },
    n: 2.5,
  },
};

/** Expressions on which some version, or some other evaluator, was slow. */
const slow = [
  ...['b.rows[missing = 1 and absent = 2]', 'b.blanks.missing', 'b.wide.missing = 1'],
  ...['for i in 1..b.n return i', 'distinct values(b.rows)', 'distinct values(b.texts)'],
  'for i in 1..9999, j in 1..9999 return i * j',
  'for i in b.rows, j in b.rows return i.name + j.name',
  'for i in b.rows return b.rows[id = i.id]',
  'for i in b.rows return distinct values(b.rows)',
  'for i in b.rows return b.rows.tags',
  'every i in b.rows, j in b.rows satisfies not(contains(i.at, j.name))',
  'for i in 1..9999 return max(b.texts)',
  'for i in b.numbers return b.a2M = b.match',
  'for i in 1..9999 return upper case(b.sharp)',
  'for i in 1..9999 return to base64(b.a2M)',
  'for i in 1..9999 return substring(b.a2M + string(i), 2, 5)',
  'contains(b.a2M, b.match)',
  'for i in 1..9999 return contains(b.a2M, "aab")',
  ...['number(b.digits)', 'for i in 1..9999 return number(b.groups, ",", ".")'],
  'for i in 1..9999 return from json(b.json)',
  'for i in 1..9999 return to json(b.rows)',
  'for i in 1..9999 return string(b.rows)',
  'string(for i in 1..9999 return b.a10k)',
  ...['mode(b.numbers)', 'median(b.numbers)', 'concatenate(b.numbers, b.numbers, b.numbers)'],
  'sort(b.names, function(x, y) x < y)',
  'for i in 1..9999 return partition(b.numbers, 1)',
  'for i in 1..9999 return index of(b.rows, b.wide)',
  'for i in 1..9999 return context put(b.wide, "x", i)',
  'for i in 1..9999 return context(get entries(b.wide))',
  'for i in b.numbers return {a: i, b: i, c: i, d: i, e: i, f: i, g: i, h: i}',
  'for i in b.numbers return round up(i / 3, 5)',
  'for i in b.numbers return string(10 ** 300)',
  'for i in b.numbers return uuid()',
  'for i in b.rows return date and time(i.at).time offset',
  'for i in b.rows return date and time(i.at) < date and time("2024-05-04T12:30:15Z")',
  'for i in b.names return now()',
  'for i in 1..9999 return matches(b.a10k, "[a-z]+[0-9]")',
  'for i in 1..9999 return matches(b.a10k, "a{1,10}a{1,10}b")',
  'for i in 1..9999 return matches(b.a10k, "a{1000}b")',
  'for i in 1..9999 return replace("a", "b", b.escapes)',
  'replace(b.a10k, "a", b.escapes)',
  '{f: function(x) if x = 0 then 0 else f(x - 1) + f(x - 1), r: f(30)}.r',
  '{f: function(x) [x, x], r: f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(1))))))))))))))))))))}.r',
  ...['{all: b.lists, d: @"P1D"}', '{all: b.ones, d: @"P1D"}', 'to json(b.lists)'],
];

/** CPU milliseconds of this process. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What takes some 20 ms on a small machine, more where globals are slow as they are here: keys looked up. */
function calibrate(): number {
  return cpuOf(() => {
    const found = new Map<string, number>();
    const record = { a: 1 };
    for (let i = 0; i < 300_000; i += 1) {
      if (Object.hasOwn(record, 'a')) found.set(`key ${i % 5000}`, i);
    }
    if (JSON.stringify([...found]).length < 5000) throw new Error('the loop was left out');
  });
}

const outcome = (source: string): string => {
  try {
    compile(source).evaluate(scope);
    return 'value';
  } catch (error) {
    if (error instanceof FeelEvaluationError) return error.code;
    throw error;
  }
};

describe('with default limits', () => {
  test.each(slow)('%s ends with a value or with a named limit', (source) => {
    expect(outcome(source)).toMatch(/^(?:value|FEEL_LIMIT_(?:STEPS|LIST|DEPTH|TEXT|RESULT))$/);
  });

  test('none takes much more CPU than a loop of known work', () => {
    const unit = Math.max(calibrate(), calibrate(), calibrate());
    const over = slow.flatMap((source) => {
      const best = Math.min(...[1, 2].map(() => cpuOf(() => outcome(source))));
      return best > 6 * unit ? [`${source}: ${best / unit} times the loop`] : [];
    });
    expect(over).toEqual([]);
  });

  test.each([
    ['numbers', '1'],
    ['lists', '[]'],
    ['texts', '"aaaaaaaaaaaaaaaaaaaa"'],
  ])('a body of 2 MiB of %s passes whole, into a context and with a date beside it', (_, item) => {
    const count = Math.floor((2 * 1024 * 1024 - 1) / (item.length + 1));
    const body: unknown = JSON.parse(`[${Array.from({ length: count }, () => item).join()}]`);
    const request = { request: { body } };
    const result = compile('={event: request.body, at: @"2024-05-04"}').evaluate(request);
    expect(Object(result)).toMatchObject({ at: '2024-05-04' });
    expect(Object(result).event).toBe(body);
    expect(compile('=request.body').evaluate(request)).toBe(body);
  });
});
