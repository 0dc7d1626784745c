import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile, defaultLimits, FeelSyntaxError } from '../src/index.ts';

function syntaxErrorOf(source: string, names: readonly string[] = []): FeelSyntaxError {
  try {
    compile(source, { names });
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error;
    throw error;
  }
  throw new Error(`compiled: ${source}`);
}

describe('an expression is refused when it is compiled', () => {
  test.each([
    ['', 1, 1, 'The expression is empty'],
    [' = ', 1, 4, 'The expression is empty'],
    ['= =1', 1, 3, 'A comparison needs a value on its left'],
    ['=a +\n  * b', 2, 3, 'Unexpected "*"'],
    ['={a: 1,\n b: }', 2, 5, 'Unexpected "}" in the context entry'],
    ['=[1, 2', 1, 7, 'The expression ends too early in the list'],
    ['=if a then b', 1, 13, 'The expression ends too early in "if … then … else …"'],
    ['="not closed', 1, 2, 'closing " is missing'],
    ['=a.`b', 1, 4, 'A name in ` is empty, not closed'],
    ['=a.and', 1, 4, 'Unexpected "and", a keyword: as a name it needs backticks'],
    ['=1 2', 1, 4, 'Unexpected "2"'],
    ['=a b c', 1, 2, '"a b c" is no name'],
    ['=request.body.first name', 1, 15, '"first name" is no name'],
    ['=a == b', 1, 5, 'equal is "="'],
    ['=1 <> 2', 1, 5, 'unequal is "!="'],
    ['=x = [1..3]', 1, 6, 'within a range is "in"'],
    ['=> 3', 1, 2, 'A comparison needs a value on its left'],
    ['=for i in [1..3] return i', 1, 11, 'without brackets: 1..3'],
    ['=(function(a) a)(1)', 1, 2, 'Only a function with a name can be called'],
    ['=function(a) external {java: 1}', 1, 2, 'External functions are not supported'],
    ['=1e3', 1, 2, '"1e3" is no number'],
    ['=@"tomorrow"', 1, 3, 'The text after @ is no date'],
    ['=x instance of list<number>', 1, 16, '"list<number>" is no type'],
    ['=? > 1', 1, 2, '"?" has a meaning only on the right of "in"'],
    ['=[1..5].start', 1, 2, 'A range has no paths'],
    ['=matches(x, "^(a+)+$")', 1, 2, 'repeats something that can match a text in several ways'],
  ])('%j at line %i, column %i: %s', (source, line, column, message) => {
    const error = syntaxErrorOf(source);
    expect(error.message).toContain(message);
    expect([error.line, error.column]).toEqual([line, column]);
    expect(error).toMatchObject({ code: 'FEEL_SYNTAX', retryable: false });
  });

  test.each([
    ['', ['a value']],
    ['1 +', ['a value']],
    ['if a', ['"then"']],
    ['if a then b', ['"else"']],
    ['for i in list', ['","', '"return"']],
    ['some x i', ['"in"']],
    ['every x in list', ['","', '"satisfies"']],
    ['[1, 2', ['","', '"]"']],
    ['{a', ['":"']],
    ['{a: 1', ['","', '"}"']],
    ['count(list', ['","', '")"']],
    ['(a', ['")"']],
    ['1 2', ['an operator', 'the end']],
    ['matches(x, "(a+)+$")', []],
  ])('the error of %j says what is expected: %j', (source, expected) => {
    const error = syntaxErrorOf(source);
    expect(error.expected).toEqual(expected);
    expect(error.message).toContain(expected.join(' or '));
  });

  test('the excerpt is the line, cut around the place where it is long', () => {
    expect(syntaxErrorOf('=a\n+ b c d').excerpt).toBe('+ b c d');
    const long = syntaxErrorOf(`=${'a + '.repeat(100)}b c${' + a'.repeat(100)}`);
    expect(long.excerpt).toHaveLength(80);
    expect(long.excerpt).toContain('b c');
  });

  test('a source over the limit is refused unread', () => {
    const error = syntaxErrorOf('x'.repeat(defaultLimits.sourceLength + 1));
    expect(error.message).toContain('more than 10000 characters (limit sourceLength)');
  });

  test.each([
    ['parentheses', `${'('.repeat(3000)}1${')'.repeat(3000)}`],
    ['terms', Array.from({ length: 2000 }, () => '1').join('+')],
    ['lists', `${'['.repeat(450)}${']'.repeat(450)}`],
    ['filters', `a${'[a'.repeat(650)}${']'.repeat(650)}`],
    ['calls of a local function', `{f: function(x) x, v: ${'f('.repeat(450)}1${')'.repeat(450)}}`],
  ])('%s nested too deeply are refused', (_, source) => {
    expect(syntaxErrorOf(source).message).toContain('nested deeper than 600 levels');
  });

  test.each([
    ['filters', `a${'[b'.repeat(250)}${']'.repeat(250)}`],
    ['calls of a local function', `{f: function(x) x, v: ${'f('.repeat(250)}1${')'.repeat(250)}}`],
  ])('%s nested deeply compile once each', (_, source) => {
    expect(() => compile(source)).not.toThrow();
  });

  test('no text makes compile throw anything but a FeelSyntaxError', () => {
    const token = fc.constantFrom(
      ...[
        'a',
        'b c',
        '1',
        '.5',
        '"x"',
        '"',
        '`',
        '`a b`',
        '.',
        '..',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        ':',
        ',',
      ],
      ...[
        '+',
        '-',
        '**',
        '/',
        '//',
        '/*',
        '=',
        '!=',
        '<',
        'in',
        'and',
        'or',
        'if',
        'then',
        'else',
        'for',
      ],
      ...[
        'return',
        'some',
        'satisfies',
        'between',
        'function',
        'date',
        'matches(',
        '"(a+)+"',
        '?',
        '@',
        '\n',
      ],
    );
    const source = fc.oneof(
      fc.string(),
      fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(' ')),
    );
    fc.assert(
      fc.property(source, (text) => {
        try {
          compile(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FeelSyntaxError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('names', () => {
  const scope = {
    'order-id': 'o',
    'total sum': 7,
    order: 10,
    id: 3,
    body: { between: 1, 'a b': 2 },
  };

  test.each([
    ['order-id', [], 7],
    ['order-id', ['order-id'], 'o'],
    ['total sum + 1', ['total sum'], 8],
    ['total   sum + 1', ['total sum'], 8],
    ['`order-id`', [], 'o'],
    ['body.between', [], 1],
    ['body.`a b`', [], 2],
    ['{`a-b`: 1, c: `a-b`}', [], { 'a-b': 1, c: 1 }],
    ['{"order-id": 1, c: order-id}', [], { 'order-id': 1, c: 7 }],
    ['"a // b" + /* c */ "d" // e', [], 'a // bd'],
  ])('%j with the names %j is %j', (source, names, value) => {
    expect(compile(source, { names }).evaluate(scope)).toEqual(value);
  });

  test('references are the variables read, without paths and without names the expression binds', () => {
    const { references } = compile(
      '={a: request.body.x, b: a, c: for i in response return i + n, d: count(job)}',
    );
    expect(references).toEqual(['request', 'response', 'n', 'job']);
  });

  test('the source is kept as it was given', () => {
    expect(compile(' =  1 ').source).toBe(' =  1 ');
  });
});
