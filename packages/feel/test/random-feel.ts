import fc from 'fast-check';

/** Names as senders may choose them: like variables, functions, keywords and parts of expressions. */
const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'item', 'count', 'not', 'null', 'if', '__proto__', 'constructor'),
  fc.constantFrom('a and b', 'a - b', 'a-b', 'b[c > 1]', 'a + b', ' a ', 'a.b', '', 'toString'),
  fc.string({ maxLength: 8 }),
);

/** JSON data, as a body may be. */
export const data: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, 1, -1, 2.5, 1e300, '', 'a', 'true', '2024-05-04', 'P1D'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ maxLength: 12 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
})).value;

const functions = [
  ...['count', 'sum', 'min', 'max', 'median', 'mode', 'flatten', 'distinct values', 'reverse'],
  ...['string', 'number', 'to json', 'from json', 'upper case', 'trim', 'date', 'time', 'not'],
  ...['date and time', 'duration', 'day of week', 'get entries', 'context merge', 'is defined'],
  ...['string join', 'all', 'any', 'abs', 'sqrt', 'exp', 'floor', 'bpmnError', 'to base64'],
];
const functionsOfTwo = [
  ...['contains', 'starts with', 'get value', 'append', 'concatenate', 'list contains', 'index of'],
  ...['union', 'remove', 'sublist', 'modulo', 'round up', 'get or else', 'date and time', 'before'],
  ...['includes', 'partition', 'substring', 'substring after', 'years and months duration'],
];
const operators = ['+', '-', '*', '/', '**', '=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in'];
const literals = [
  ...['null', 'true', 'false', '0', '1', '-1', '2.5', '""', '"a"', '"2024-05-04"', 'x', 'y', 'x.a'],
  ...['x.b.c', 'y[1]', '@"P1D"', '@"P1Y"', '@"2024-05-04"', '@"12:00:00"', '[1..5]', 'missing'],
];

/** Expressions as authors may write them; most can be compiled, few make sense. */
export const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => {
  const e = tie('e');
  return {
    e: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom(...literals),
      fc.tuple(e, fc.constantFrom(...operators), e).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc.tuple(fc.constantFrom(...functions), e).map(([f, a]) => `${f}(${a})`),
      fc.tuple(fc.constantFrom(...functionsOfTwo), e, e).map(([f, a, b]) => `${f}(${a}, ${b})`),
      fc.tuple(e, e, e).map(([a, b, c]) => `if ${a} then ${b} else ${c}`),
      fc.tuple(e, e).map(([a, b]) => `(${a})[${b}]`),
      fc.tuple(e, e).map(([a, b]) => `for x in ${a} return ${b}`),
      fc.tuple(e, e, e).map(([a, b, c]) => `for i in ${a}..${b} return ${c}`),
      fc.tuple(e, e).map(([a, b]) => `some x in ${a} satisfies ${b}`),
      fc.tuple(e, e, e).map(([a, b, c]) => `${a} between ${b} and ${c}`),
      fc.tuple(e, e).map(([a, b]) => `{a: ${a}, b: ${b}}`),
      fc.tuple(e, e).map(([a, b]) => `[${a}, ${b}]`),
      fc.tuple(e, fc.constantFrom('a', 'b', 'year', 'time offset')).map(([a, k]) => `(${a}).${k}`),
      fc.tuple(e, e).map(([a, b]) => `sort(${a}, function(p, q) ${b})`),
    ),
  };
}).e;
