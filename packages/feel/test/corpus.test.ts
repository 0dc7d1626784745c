import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { compile, connectorFunctions, FeelEvaluationError, FeelSyntaxError } from '../src/index.ts';
import { agrees, type CorpusCase, readCorpus } from './corpus-case.ts';

const corpus = readCorpus(readFileSync(new URL('data/corpus.json', import.meta.url), 'utf8'));
const misses: Record<string, string> = JSON.parse(
  readFileSync(new URL('data/known-misses.json', import.meta.url), 'utf8'),
).misses;

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
    expect(missed.length).toBeLessThanOrEqual(corpus.cases.length * 0.03);
  });

  test.each([
    'data-keys-rewrite-expression',
    'cross-type-comparison',
    'truthiness',
    'scalar-list-coercion',
  ])('every case of the class %s agrees', (difference) => {
    const ofClass = corpus.cases.filter((one) => one.difference === difference);
    expect(ofClass.length).toBeGreaterThan(0);
    expect(missed.filter((one) => one.difference === difference)).toEqual([]);
  });
});
