import { describe, expect, test } from '@jest/globals';
import { compile, FeelEvaluationError, type Limits, type Scope } from '../src/index.ts';

const evaluate = (source: string, scope: Scope = {}) => compile(source).evaluate(scope);

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof FeelEvaluationError) return error.code;
    throw error;
  }
  return 'none';
}

describe('what an expression sees', () => {
  test('a record gives its own keys only', () => {
    const scope: Scope = Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } });
    expect(evaluate('[own, inherited, toString, constructor]', scope)).toEqual([
      2,
      null,
      null,
      null,
    ]);
  });

  test('a lookup is asked for each name', () => {
    const asked: string[] = [];
    const get = (name: string): unknown => {
      asked.push(name);
      return name === 'a' ? 1 : undefined;
    };
    expect(evaluate('{x: a, y: missing}', { get })).toEqual({ x: 1, y: null });
    expect(asked).toEqual(['a', 'missing']);
  });

  test('a record may have a key "get"', () => {
    expect(evaluate('get + a', { get: 1, a: 2 })).toBe(3);
  });

  test('data is neither changed nor copied', () => {
    const body = Object.freeze({ items: Object.freeze([3, 1, 2]) });
    expect(evaluate('sort(body.items, function(a, b) a < b)', { body })).toEqual([1, 2, 3]);
    expect(evaluate('body', { body })).toBe(body);
    expect(evaluate('context put(body, "x", 1)', { body })).toEqual({ items: [3, 1, 2], x: 1 });
  });

  test("now and today are the clock's, in UTC", () => {
    const clock = { now: () => Date.UTC(2024, 4, 4, 23, 30, 15) };
    expect(compile('[now(), today()]', { clock }).evaluate({})).toEqual([
      '2024-05-04T23:30:15Z',
      '2024-05-04',
    ]);
  });
});

describe('scopes within an expression', () => {
  test.each([
    ['inner loops see outer items', 'for x in [1,2], y in [x, x * 10] return y', [1, 10, 2, 20]],
    ['an entry sees earlier entries only', '{a: 1, b: a + c, c: 2}', { a: 1, b: null, c: 2 }],
    ["an item's keys come before outer names", '{p: 5, r: [{p: 1}, {q: 2}][p = 5]}.r', [{ q: 2 }]],
    ["item is the innermost filter's", '[[1, 2], [3]][count(item[item > 1]) = 1]', [[1, 2], [3]]],
    [
      'a function sees where it was defined',
      '{n: 2, f: function(x) x * n, r: for n in [7] return f(n)}.r',
      [14],
    ],
    [
      'a function may call itself',
      '{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r',
      120,
    ],
    [
      'a function of the expression wins over a built-in one',
      '{count: function(l) 42, r: count([])}.r',
      42,
    ],
    ['a number filters by index even from outside', '{i: 2, r: ["a", "b"][i]}.r', 'b'],
    ['a path over lists of lists goes into them', '[[{a: 1}], [{a: 2}, {}]].a', [[1], [2, null]]],
    ['? is the value before in', '5 in (? > 3 and ? < 6)', true],
    ['one test of several is enough', '5 in (< 2, [4..6))', true],
    ['named arguments go by name', '{f: function(a, b) a - b, r: f(b: 1, a: 3)}.r', 2],
    [
      'named arguments of built-in functions too',
      'substring(start position: 2, string: "abc")',
      'bc',
    ],
    ['wrong names of arguments are no call', 'contains(text: "abc", match: "a")', null],
    [
      'a wrong number of arguments is no call',
      '[contains("a"), {f: function(a) a, r: f(1, 2)}.r]',
      [null, null],
    ],
  ])('%s', (_, source, value) => {
    expect(evaluate(source)).toEqual(value);
  });
});

describe('functions of the host', () => {
  const twice = { parameters: ['n'], call: ([n]: readonly unknown[]) => Number(n) * 2 };

  test('are called by name, blanks allowed, by position and by name', () => {
    const functions = { 'my twice': twice };
    expect(compile('[my twice(2), my twice(n: 3)]', { functions }).evaluate({})).toEqual([4, 6]);
  });

  test('get temporal values as objects with ISO text, and may return what they got', () => {
    const functions = {
      same: { parameters: ['x'], call: ([x]: readonly unknown[]) => [x, String(x)] },
    };
    expect(compile('same(@"PT90M")', { functions }).evaluate({})).toEqual(['PT1H30M', 'PT1H30M']);
  });

  test("their failure is the evaluation's, with the cause and without its text", () => {
    const cause = new Error('payload');
    const failing = {
      parameters: [],
      call: () => {
        throw cause;
      },
    };
    const run = () => compile('failing()', { functions: { failing } }).evaluate({});
    expect(run).toThrow(expect.objectContaining({ code: 'FEEL_FAILED', cause }));
    expect(run).not.toThrow(/payload/);
  });

  test('must not be asynchronous', () => {
    const functions = { later: { parameters: [], call: () => Promise.resolve(1) } };
    expect(() => compile('later()', { functions }).evaluate({})).toThrow(/"later" is asynchronous/);
  });
});

describe('results are plain JSON data', () => {
  test.each([
    [
      'dates',
      '[date("2024-05-04"), time("10:00:00Z"), @"2024-05-04T10:00:00+02:00"]',
      ['2024-05-04', '10:00:00Z', '2024-05-04T10:00:00+02:00'],
    ],
    [
      'a named zone becomes its offset',
      '@"2024-05-04T10:00:00@Europe/Berlin"',
      '2024-05-04T10:00:00+02:00',
    ],
    [
      'durations',
      '[@"PT36H", @"P14M", @"PT0.5S", @"-PT1M", @"P0M"]',
      ['PT36H', 'P1Y2M', 'PT0.5S', '-PT1M', 'P0M'],
    ],
    ['functions and ranges are null', '[function(x) x, [1..2]]', [null, null]],
    ['entries that are functions are left out', '{f: function(x) x, a: 1}', { a: 1 }],
    ['numbers out of range are null', '[10 ** 400, 1 / 0, sqrt(-1)]', [null, null, null]],
  ])('%s', (_, source, value) => {
    expect(evaluate(source)).toEqual(value);
  });

  test('what JSON does not have is null in data too', () => {
    const data = { a: undefined, b: Number.NaN, c: 1n, d: () => 1, e: Symbol('x'), f: [undefined] };
    expect(evaluate('[x.a, x.b, x.c, x.d, x.e, x.f, x.b = null]', { x: data })).toEqual([
      ...[null, null, null, null, null, [null], true],
    ]);
  });
});

describe('limits', () => {
  const within = (limits: Partial<Limits>, source: string, scope: Scope = {}) =>
    codeOf(() => compile(source, { limits }).evaluate(scope));

  test.each<[string, Partial<Limits>, string]>([
    ['FEEL_LIMIT_STEPS', { steps: 100 }, 'for i in 1..60, j in 1..60 return i'],
    ['FEEL_LIMIT_STEPS', { steps: 100 }, 'sort(for i in 1..30 return i, function(a, b) a < b)'],
    [
      'FEEL_LIMIT_STEPS',
      { steps: 100 },
      'for i in 1..20 return list contains([1,2,3,4,5,6,7,8], i)',
    ],
    ['FEEL_LIMIT_LIST', { rangeItems: 10 }, 'for i in 1..11 return i'],
    ['FEEL_LIMIT_LIST', {}, 'some i in -1000000000..1000000000 satisfies false'],
    ['FEEL_LIMIT_DEPTH', {}, '{f: function(x) f(x), v: f(1)}'],
    ['FEEL_LIMIT_DEPTH', { depth: 3 }, '[[[[[1]]]]]'],
    ['FEEL_LIMIT_TEXT', { textLength: 5 }, '"abc" + "def"'],
    ['FEEL_LIMIT_TEXT', { textLength: 5 }, 'string join(["abc", "def"])'],
    ['FEEL_LIMIT_TEXT', { textLength: 5 }, 'replace("aaaa", "a", "bb")'],
    ['FEEL_LIMIT_TEXT', { patternInput: 5 }, 'matches("abcdef", "^a")'],
    ['FEEL_LIMIT_RESULT', { resultSize: 20 }, 'for i in 1..10 return "abc"'],
    ['FEEL_LIMIT_RESULT', { resultSize: 20 }, '{a: @"PT1S", b: "abcdefghijklmnopqrst"}'],
    [
      'FEEL_LIMIT_STEPS',
      { steps: 100 },
      '{} = {a: 1, b: for i in 1..90 return i} or 1 in (for i in 1..90 return i)',
    ],
    ['none', { steps: 100, rangeItems: 10, resultSize: 100 }, 'for i in 1..10 return i'],
  ])('%s with %j: %s', (code, limits, source) => {
    expect(within(limits, source)).toBe(code);
  });

  test('the message names the limit, its value and no data', () => {
    const run = () => compile('a + a', { limits: { textLength: 10 } }).evaluate({ a: 'secret' });
    expect(run).toThrow(
      'The expression makes a text of more than 10 characters (limit textLength)',
    );
  });

  test('one evaluation leaves the next its whole budget', () => {
    const compiled = compile('for i in 1..n return i', { limits: { steps: 20 } });
    expect(codeOf(() => compiled.evaluate({ n: 21 }))).toBe('FEEL_LIMIT_STEPS');
    expect(compiled.evaluate({ n: 3 })).toEqual([1, 2, 3]);
  });

  test('data nested deeper than the stack fails, and what follows works', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    const compiled = compile('a = a');
    expect(codeOf(() => compiled.evaluate({ a: deep }))).toBe('FEEL_LIMIT_DEPTH');
    expect(compiled.evaluate({ a: [1] })).toBe(true);
  });
});

describe('failures', () => {
  test.each([
    ['FEEL_ASSERT', 'assert(1, 1 = 2)'],
    ['FEEL_ASSERT', 'assert(x, x != null, "x is missing")'],
    ['FEEL_FAILED', 'x.y()'],
    ['FEEL_PATTERN', 'matches("a", x)'],
    ['FEEL_PATTERN', 'split("a", x)'],
    ['none', 'camel case(1)'],
    ['none', 'x.y.z + 1'],
  ])('%s: %s', (code, source) => {
    expect(codeOf(() => evaluate(source))).toBe(code);
  });
});

describe('explain', () => {
  test('tells the value of each sub-expression that was evaluated', () => {
    const explanation = compile('=a.b > 1 and count(c) = 0 or d').explain({
      a: { b: 2 },
      c: [],
      d: 1,
    });
    expect(explanation).toEqual({
      text: 'a.b > 1 and count(c) = 0 or d',
      from: 0,
      value: true,
      parts: [
        {
          text: 'a.b > 1 and count(c) = 0',
          from: 0,
          value: true,
          parts: [
            {
              text: 'a.b > 1',
              from: 0,
              value: true,
              parts: [{ text: 'a.b', from: 0, value: 2, parts: [] }],
            },
            {
              text: 'count(c) = 0',
              from: 12,
              value: true,
              parts: [
                {
                  text: 'count(c)',
                  from: 12,
                  value: 0,
                  parts: [{ text: 'c', from: 18, value: [], parts: [] }],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('tells the code where there is no value, down to its place, and does not throw', () => {
    const explanation = compile('{a: 1, b: assert(x, false)}').explain({ x: 1 });
    expect(explanation).toMatchObject({
      error: 'FEEL_ASSERT',
      parts: [{ text: 'assert(x, false)', error: 'FEEL_ASSERT', parts: [{ text: 'x', value: 1 }] }],
    });
  });

  test('a literal is explained too', () => {
    expect(compile('= 1').explain({})).toEqual({ text: '1', from: 0, value: 1, parts: [] });
  });

  test('of many items the first are told', () => {
    const explanation = compile('for i in 1..1000 return i + 1').explain({});
    expect(explanation.value).toHaveLength(1000);
    expect(JSON.stringify(explanation).match(/"text"/g)?.length).toBeLessThanOrEqual(201);
  });
});
