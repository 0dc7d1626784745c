import { describe, expect, test } from '@jest/globals';
import { compile, FeelSyntaxError } from '../src/index.ts';

const call = (name: string, ...args: readonly string[]): string =>
  `${name}(${args.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(', ')})`;

const evaluate = (name: string, ...args: readonly string[]) =>
  compile(call(name, ...args)).evaluate({});

describe('patterns that could make the engine work without end are refused', () => {
  test.each([
    '^(a+)+$',
    '(a*)*',
    '(a|a)*b',
    '(a|ab)*c',
    '(x+x+)+y',
    '(.*)*=',
    '([a-z]+\\s?)+!',
    '(a?){20,}',
    '(a{1,30}){1,30}b',
    '((a+)b?)*c',
    'a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa',
    '(?:\\d|\\w)+!',
    '((?:a|b)+c?)+d',
    '(?i)(k|\u212a)+x',
  ])('%s', (pattern) => {
    const refused = () => compile(call('matches', 'x', pattern));
    expect(refused).toThrow(FeelSyntaxError);
    expect(refused).toThrow(/in several ways/);
  });

  test.each([
    ['(a', /has a \( without \)/],
    ['a)', /has a \) without \(/],
    ['[a', /ends too early/],
    ['[b-a]', /range of characters that is none/],
    ['[a[b]]', /class within a class/],
    ['a**', /repetition of a repetition/],
    ['a++', /repetition of a repetition/],
    ['*a', /nothing to repeat/],
    ['a{2', /no repetition/],
    ['a{3,2}', /fewer at most than at least/],
    ['a{5000}', /more than 1000 times/],
    ['(a)\\1', /uses \\1, which is not supported/],
    ['\\Qa\\E', /uses \\Q, which is not supported/],
    ['\\p{Alpha}', /uses \\p, which is not supported/],
    ['(?>a)', /kind of group/],
    ['^*', /repeats something that takes no characters/],
    ['(?x)a', /The flag "x"/],
    ['('.repeat(60) + ')'.repeat(60), /too many groups/],
  ])('%s is refused with its reason', (pattern, reason) => {
    expect(() => compile(call('matches', 'x', pattern))).toThrow(reason);
  });
});

describe('patterns as Java understands them', () => {
  test.each([
    ['com.acme.x', '^com\\.acme\\..*$', true],
    ['an order was exceeded', '.*exceeded.*', true],
    ['Rate', '.*exceeded.*', false],
    ['jane.doe@example.com', '^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$', true],
    ['1,22,333', '^(\\d+,)*\\d+$', true],
    ['1,,333', '^(\\d+,)*\\d+$', false],
    ['ABC', '(?i)abc', true],
    ['a\nb', 'a.b', false],
    ['a\nb', '(?s)a.b', true],
    ['x\ny', '(?m)^y$', true],
    ['x\ny', '\\Ay', false],
    ['y', '\\Ay\\z', true],
    ['a-b', '[\\w-]+', true],
    ['a]b', '[\\]]', true],
    ['ä', '^\\p{L}$', true],
    ['😀', '^.$', true],
    ['tab\there', '\\t', true],
    ['A', '\\x41\\b', true],
    ['é', '\\u00e9', true],
    ['foobar', 'foo(?=bar)', true],
    ['foobaz', 'foo(?!baz)', false],
    ['x/y', 'x/y', true],
    ['a.b', 'a\\.b|c', true],
  ])('%j matches %j: %j', (text, pattern, value) => {
    expect(evaluate('matches', text, pattern)).toBe(value);
  });

  test.each<[string, readonly string[], unknown]>([
    ['matches', ['FOO', 'foo', 'i'], true],
    ['matches', ['a\nb', 'a.b', 's'], true],
    ['replace', ['2024-05-04', '(\\d{4})-(\\d{2})-(\\d{2})', '$3.$2.$1'], '04.05.2024'],
    ['replace', ['abc', 'b', '\\$1'], 'a$1c'],
    ['replace', ['abc', '(b)', '$10'], 'ab0c'],
    ['replace', ['abc', 'b', '$'], null],
    ['replace', ['abc', 'b', '$1'], null],
    ['replace', ['aBc', 'b', 'x', 'i'], 'axc'],
    ['replace', ['abcd', '(ab)|(a)', '[1=$1][2=$2]'], '[1=ab][2=]cd'],
    ['extract', ['references are 1234, 1256', '12[0-9]*'], ['1234', '1256']],
    ['extract', ['none', '\\d+'], []],
    ['split', ['a, b;c', '[,;]\\s*'], ['a', 'b', 'c']],
    ['split', ['a.b.', '\\.'], ['a', 'b', '']],
    ['split', ['', ';'], ['']],
    ['split', ['ab', ''], ['a', 'b', '']],
  ])('%s%j', (name, args, value) => {
    expect(evaluate(name, ...args)).toEqual(value);
  });

  test('a compiled pattern keeps no position between evaluations', () => {
    const compiled = compile('matches(x, "a")');
    expect([1, 2, 3].map(() => compiled.evaluate({ x: 'ba' }))).toEqual([true, true, true]);
  });

  test('the more long repetitions can end at several places, the shorter the texts', () => {
    const text = 'a'.repeat(500);
    expect(compile('matches(x, "^.*a.*b")').evaluate({ x: text })).toBe(false);
    expect(() => compile('matches(x, "x.*a.*b.*c")').evaluate({ x: text })).toThrow(
      'the more ".*" and the like it has, the shorter the texts it takes',
    );
  });
});
