import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { compile, connectorFunctions, FeelEvaluationError, FeelSyntaxError } from '../src/index.ts';
import { agrees, type CorpusCase, readCorpus } from './corpus-case.ts';

const read = (name: string): string =>
  readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8');

const corpus = readCorpus(read('corpus.json'));
const { misses }: { misses: Record<string, string> } = JSON.parse(read('known-misses.json'));

function outcomeOf({ expression, context }: CorpusCase): { status: string; value?: unknown } {
  try {
    const compiled = compile(expression, { functions: connectorFunctions });
    return { status: 'ok', value: compiled.evaluate(corpus.contexts[context] ?? {}) };
  } catch (error) {
    if (error instanceof FeelSyntaxError) return { status: 'parse-error' };
    if (error instanceof FeelEvaluationError) return { status: 'error' };
    throw error;
  }
}

const missed = corpus.cases.filter((one) => !agrees(one, outcomeOf(one)));

describe('conformance with FEEL-scala', () => {
  test('the cases that differ are exactly the known ones', () => {
    expect(missed.map(({ id }) => id)).toEqual(Object.keys(misses));
  });

  test('at least 97 of 100 cases agree', () => {
    expect(corpus.cases.length).toBeGreaterThan(500);
    expect(missed.length).toBeLessThanOrEqual(corpus.cases.length * 0.03);
  });

  test('the score, as a whole and by what plain feelin does differently, is printed', () => {
    const line = (name: string, cases: readonly CorpusCase[]): string =>
      `${name.padEnd(34)} ${cases.filter((one) => !missed.includes(one)).length}/${cases.length}`;
    const classes = [...new Set(corpus.cases.map(({ difference = 'same' }) => difference))].sort();
    const lines = classes.map((name) =>
      line(
        name,
        corpus.cases.filter(({ difference = 'same' }) => difference === name),
      ),
    );
    const score = line('FEEL-scala corpus', corpus.cases);
    process.stdout.write(`${[score, ...lines].join('\n')}\n`);
    expect(classes.length).toBeGreaterThan(10);
  });

  test.each([
    'data-keys-rewrite-expression',
    'cross-type-comparison',
    'truthiness',
    'scalar-list-coercion',
    'filter-not-iterated',
    'missing-builtin',
    'variable-shadows-function',
  ])('every case of the class %s agrees', (difference) => {
    const ofClass = corpus.cases.filter((one) => one.difference === difference);
    expect(ofClass.length).toBeGreaterThan(0);
    expect(missed.filter((one) => one.difference === difference)).toEqual([]);
  });

  test('the comparison tells a wrong outcome: null agrees only where null is expected', () => {
    const wrong = corpus.cases.filter((one) => agrees(one, { status: 'ok', value: null }));
    expect(
      wrong.every(({ expected }) => JSON.stringify(expected.value).match(/^null$|\$feel/)),
    ).toBe(true);
    expect(wrong.length).toBeLessThan(corpus.cases.length / 4);
  });
});
