import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile, FeelEvaluationError, type Scope } from '../src/index.ts';

const request = (body: unknown): Scope => ({ request: { body, headers: {}, params: {} } });

const evaluate = (source: string, body: unknown) => compile(source).evaluate(request(body));

function codeOf(source: string, body: unknown): string {
  try {
    evaluate(source, body);
  } catch (error) {
    if (error instanceof FeelEvaluationError) return error.code;
    throw error;
  }
  return 'none';
}

describe('keys of the data cannot rewrite an expression', () => {
  test.each([
    [
      'request.body.admin and request.body.signed',
      { admin: true, signed: false, 'admin and request.body.signed': true },
      false,
    ],
    [
      'request.body.a or request.body.b',
      { a: false, b: false, 'a or request.body.b': true },
      false,
    ],
    [
      'request.body.total - request.body.discount',
      { total: 10, discount: 3, 'total - request.body.discount': 999 },
      7,
    ],
    ['request.body.total-1', { total: 10, 'total-1': 999, 'total - 1': 998 }, 9],
    [
      'request.body.amount + request.body.fee > 100',
      { amount: 1, fee: 1, 'amount + request.body.fee': 1e6 },
      false,
    ],
    ['request.body.x/2', { x: 4, 'x/2': 77 }, 2],
    ['request.body.user in ["a"]', { user: 'b', 'user in': 1 }, false],
    ['if request.body.ok then 1 else 2', { ok: false, 'ok then 1 else 2': 1 }, 2],
    ['request.body[detail-type = "x"]', [{ 'detail-type': 'x', detail: 3, type: 1 }], []],
  ])('%s', (source, body, value) => {
    expect(evaluate(source, body)).toEqual(value);
  });

  test('whatever keys are added, the result stays', () => {
    const compiled = compile(
      '[request.body.admin and request.body.signed, request.body.total - 1, request.body.list[price > 3]]',
    );
    const body = { admin: true, signed: false, total: 5, list: [{ price: 4 }] };
    const key = fc.oneof(
      fc.string(),
      fc.constantFrom('admin and request.body.signed', 'total - 1', 'total-1', 'list[price > 3]'),
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (added) => {
        expect(compiled.evaluate(request({ ...added, ...body }))).toEqual([
          false,
          4,
          [{ price: 4 }],
        ]);
      }),
    );
  });
});

describe('a value of the wrong type makes nothing true', () => {
  const strange = ['abc', '99', '', true, false, {}, { a: 1 }, [], [5], [500], null];

  test.each([
    'request.body.x <= 100',
    'request.body.x >= 100',
    'request.body.x < 100',
    'request.body.x > 100',
    'request.body.x between 1 and 1000',
    'request.body.x in [1..1000]',
    'request.body.x in (< 100, >= 100)',
    'request.body.x = 99',
    'request.body.x in (5, 500)',
    'request.body.x + 1 > 0',
    'some i in [1] satisfies request.body.x > 0',
  ])('%s', (source) => {
    for (const x of strange) expect([x, evaluate(source, { x })]).not.toEqual([x, true]);
    expect([99, 500].some((x) => evaluate(source, { x }) === true)).toBe(true);
  });

  test.each(['false', 'true', 0, 1, '', {}, [], [true], null])(
    '%j is not true in if, some, every, filters, and, or, not',
    (x) => {
      expect(
        evaluate(
          `[if request.body.x then 1 else 2, some i in [1] satisfies request.body.x, every i in [1] satisfies
            request.body.x, [7][request.body.x = true], request.body.x and true, request.body.x or false,
            not(request.body.x)]`,
          { x },
        ),
      ).toEqual([2, null, null, [], null, null, null]);
    },
  );

  test('a list of one item is no item, and an item no list', () => {
    const source = `[request.body.list = "paid", starts with(request.body.list, "pa"), upper case(request.body.list),
      list contains(request.body.text, "paid"), count(request.body.text), request.body.text[1],
      for i in request.body.text return i]`;
    const nothing = [null, null, null, null, null, null, null];
    expect(evaluate(source, { list: ['paid'], text: 'paid' })).toEqual(nothing);
  });
});

describe('data cannot take the place of functions', () => {
  const keys = { count: 1, contains: 1, string: 'x', not: 0, date: 'd', min: null, sum: 2 };

  test('neither as variables nor as keys of items', () => {
    const source = `[count(l), string(5), not(true), min([1,2]), l[contains(name, "a")].name, string(date("2024-05-04"))]`;
    const scope = { ...keys, l: [{ ...keys, name: 'abc' }, { name: 'b' }] };
    expect(compile(source).evaluate(scope)).toEqual([2, '5', false, 1, ['abc'], '2024-05-04']);
  });

  test('a function in data is null and is never called', () => {
    let called = false;
    const f = () => {
      called = true;
    };
    const scope = { f, o: { f } };
    expect(compile('[f, f(), o.f, is defined(f)]').evaluate(scope)).toEqual([
      null,
      null,
      null,
      false,
    ]);
    expect(() => compile('o.f()').evaluate(scope)).toThrow(FeelEvaluationError);
    expect(called).toBe(false);
  });
});

describe('size and shape of data', () => {
  const blanks = ' '.repeat(50_000);

  test('a key of 50 kB of blanks is one key like any other', () => {
    const body = { [blanks]: 1, status: 'ok' };
    expect(evaluate('[request.body.status, request.body.missing]', body)).toEqual(['ok', null]);
    expect(evaluate('request.body[missing = 1]', [body])).toEqual([]);
  });

  test('100,000 keys cost nothing but those that are read', () => {
    const body = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]));
    const source = '[request.body.k99999, request.body.missing, request.body.detail.status = "x"]';
    const compiled = compile(source, { limits: { steps: 10 } });
    expect(compiled.evaluate(request(body))).toEqual([99_999, null, false]);
  });

  test('10,000 keys and 1,000 items: a filter on missing names takes two steps an item', () => {
    const item = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]));
    const body = Array.from({ length: 1000 }, () => item);
    const compiled = compile('request.body[missing = 1 and absent = 2]', {
      limits: { steps: 2500 },
    });
    expect(compiled.evaluate(request(body))).toEqual([]);
  });

  test.each([
    [2.5, [1, 2]],
    [0, [1, 0]],
    ['3', null],
    [{}, null],
  ])('a range up to %j ends', (n, value) => {
    expect(evaluate('for i in 1..request.body.n return i', { n })).toEqual(value);
  });

  test.each([1e6, 1e9, 1e300, -1e9])('a range up to %d is refused', (n) => {
    expect(codeOf('for i in 1..request.body.n return i', { n })).toBe('FEEL_LIMIT_LIST');
  });

  test('distinct values and the like do not compare all pairs', () => {
    const body = Array.from({ length: 3000 }, (_, i) => ({
      id: i % 1500,
      tags: ['a', i % 1500],
    }));
    expect(evaluate('count(distinct values(request.body))', body)).toBe(1500);
    expect(evaluate('count(duplicate values(request.body))', body)).toBe(1500);
    expect(evaluate('count(union(request.body[id < 750], request.body[id < 750]))', body)).toBe(
      750,
    );
  });

  test('work inside functions counts: comparing, searching, flattening, sorting', () => {
    const list = Array.from({ length: 2000 }, (_, i) => ({ id: i }));
    const scope = { list, text: 'a'.repeat(200_000), match: `b${'a'.repeat(100_000)}` };
    for (const source of [
      'for i in request.body.list return index of(request.body.list, i)',
      'for i in request.body.list return flatten(request.body.list)',
      'contains(request.body.text, request.body.match)',
      'for i in request.body.list return string(request.body.list)',
      'for i in request.body.list return context merge(request.body.list)',
    ]) {
      expect([source, codeOf(source, scope)]).toEqual([source, 'FEEL_LIMIT_STEPS']);
    }
  });

  test('patterns of data are refused, literal ones bounded', () => {
    const body = { p: '^(a+)+$', text: 'a'.repeat(9000) };
    expect(codeOf('matches(request.body.text, request.body.p)', body)).toBe('FEEL_PATTERN');
    expect(codeOf('replace("a", request.body.p, "")', body)).toBe('FEEL_PATTERN');
    expect(codeOf('extract("a", request.body.p)', body)).toBe('FEEL_PATTERN');
    expect(codeOf('split(request.body.text, request.body.p)', body)).toBe('FEEL_PATTERN');
    expect(codeOf('matches("a", "a", request.body.p)', body)).toBe('FEEL_PATTERN');
    expect(codeOf('matches(request.body.text, "x.*y.*z.*!")', body)).toBe('FEEL_LIMIT_TEXT');
  });

  test('split by a plain text takes long texts', () => {
    const text = 'a;'.repeat(20_000);
    expect(evaluate('count(split(request.body.text, ";"))', { text })).toBe(20_001);
  });
});

describe('prototypes', () => {
  const body: unknown = JSON.parse('{"__proto__": {"admin": true}, "constructor": {"name": "x"}}');

  test.each([
    ['request.body.admin', null],
    ['request.body.__proto__', { admin: true }],
    ['request.body.__proto__.admin', true],
    ['request.toString', null],
    ['request.constructor', null],
    ['request.__proto__', null],
    ['constructor', null],
    ['__proto__', null],
    ['"abc".length', null],
    ['[1].length', [null]],
    ['date("2024-05-04").feel', null],
    ['@"PT1S".milliseconds', null],
    ['get value(request, "constructor")', null],
    ['get value(request, ["__proto__", "x"])', null],
    ['[request][toString = null]', [{ body, headers: {}, params: {} }]],
  ])('%s', (source, value) => {
    expect(evaluate(source, body)).toEqual(value);
  });

  test.each([
    'context merge([{}, request.body])',
    'context put({}, "__proto__", {admin: true})',
    'context put({}, ["__proto__", "admin"], true)',
    'context([{key: "__proto__", value: {admin: true}}])',
    '{"__proto__": {admin: true}}',
    '{`__proto__`: request.body.__proto__, d: @"PT1S"}',
    'put all(request.body, {d: @"PT1S"})',
    'from json("{\\"__proto__\\": {\\"admin\\": true}}")',
  ])('%s keeps __proto__ as a key', (source) => {
    const result = evaluate(source, body);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(Object.hasOwn(Object(result), '__proto__')).toBe(true);
    expect(Object(result).admin).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });
});
