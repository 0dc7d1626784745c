import { defaultJsonLimits, parseJson } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (bytes: Uint8Array): string => {
  try {
    parseJson(bytes);
    return 'accepted';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other';
  }
};

describe('parseJson', () => {
  test.each([
    ['an object', '{"a":[1,true,null,"x"]}', { a: [1, true, null, 'x'] }],
    ['a scalar', '"x"', 'x'],
    ['null', 'null', null],
    ['a byte order mark in front', '\uFEFF{"a":1}', { a: 1 }],
    ['a key named constructor', '{"constructor":1}', { constructor: 1 }],
  ])('reads %s', (_name, text, value) => {
    expect(parseJson(encode(text))).toEqual(value);
  });

  test.each([
    ['no bytes', ''],
    ['text after the value', '{} x'],
    ['a truncated object', '{"a":'],
    ['a number with a leading zero and many digits', '01234567890123456789'],
  ])('refuses %s as malformed', (_name, text) => {
    expect(codeOf(encode(text))).toBe('JSON_MALFORMED');
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(codeOf(Uint8Array.of(0x22, 0xff, 0x22))).toBe('JSON_MALFORMED');
  });

  test('does not quote the payload in its error', () => {
    expect(() => parseJson(encode('{"password":"hunter2"'))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  test('keeps the digits of whole numbers that a double cannot hold, as text', () => {
    expect(parseJson(encode('{"id":12345678901234567890,"n":-9007199254740993}'))).toEqual({
      id: '12345678901234567890',
      n: '-9007199254740993',
    });
  });

  test('leaves numbers a double can hold, and digits inside text, as they are', () => {
    expect(
      parseJson(encode('{"a":9007199254740991,"b":"x 12345678901234567890 \\" 1","c":1e20}')),
    ).toEqual({ a: 9007199254740991, b: 'x 12345678901234567890 " 1', c: 1e20 });
  });

  test('keeps the digits beside a text of many megabytes', () => {
    const text = 'x'.repeat(12_000_000);
    expect(parseJson(encode(`{"id":12345678901234567890,"text":"${text}"}`))).toEqual({
      id: '12345678901234567890',
      text,
    });
  });

  test('refuses a __proto__ key however it is written, at any depth', () => {
    expect(codeOf(encode('{"__proto__":{"admin":true}}'))).toBe('JSON_FORBIDDEN_KEY');
    expect(codeOf(encode('[{"a":{"\\u005f_proto__":1}}]'))).toBe('JSON_FORBIDDEN_KEY');
  });

  test('accepts the deepest nesting allowed and refuses one level more', () => {
    const nested = (depth: number): Uint8Array => encode('['.repeat(depth) + ']'.repeat(depth));
    expect(codeOf(nested(defaultJsonLimits.depth))).toBe('accepted');
    expect(codeOf(nested(defaultJsonLimits.depth + 1))).toBe('JSON_TOO_DEEP');
    expect(codeOf(nested(100_000))).toBe('JSON_TOO_DEEP');
  });

  test('refuses too many keys in one object, in all, and keys that are too long', () => {
    const object = (keys: number): string =>
      `{${Array.from({ length: keys }, (_, i) => `"k${i}":0`).join(',')}}`;
    expect(codeOf(encode(object(1000)))).toBe('accepted');
    expect(codeOf(encode(object(1001)))).toBe('JSON_TOO_MANY_KEYS');
    expect(codeOf(encode(`[${Array(11).fill(object(1000)).join(',')}]`))).toBe(
      'JSON_TOO_MANY_KEYS',
    );
    expect(codeOf(encode(`{"${'k'.repeat(257)}":0}`))).toBe('JSON_TOO_MANY_KEYS');
  });

  test('gives what JSON.parse gives for any JSON within the limits', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__') && !/\d{16}/.test(text));
        expect(parseJson(encode(text))).toEqual(JSON.parse(text));
      }),
    );
  });
});
