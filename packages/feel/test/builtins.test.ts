import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { compile } from '../src/index.ts';

type Family = Readonly<Record<string, unknown>>;

const { families }: { families: Readonly<Record<string, Family>> } = JSON.parse(
  readFileSync(new URL('data/builtins.json', import.meta.url), 'utf8'),
);

describe.each(Object.entries(families))('%s', (_, family) => {
  test.each(Object.entries(family))('%s', (source, value) => {
    expect(compile(source).evaluate({})).toEqual(value);
  });
});

describe('functions whose value differs each time', () => {
  test('uuid is one of version 4', () => {
    expect(compile('uuid()').evaluate({})).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-/);
    expect(compile('uuid() = uuid()').evaluate({})).toBe(false);
  });

  test('random number lies between 0 and 1', () => {
    expect(compile('random number() in [0..1)').evaluate({})).toBe(true);
  });
});
