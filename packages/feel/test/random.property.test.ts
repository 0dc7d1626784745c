import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile, FeelEvaluationError } from '../src/index.ts';
import { checkEvaluation } from './check-evaluation.ts';
import { data, expression } from './random-feel.ts';

/** `FEEL_FUZZ_SECONDS=60 npm test -- packages/feel/test/random` looks longer. */
const fuzzSeconds = Number(process.env['FEEL_FUZZ_SECONDS'] ?? 0);
const timeLimit = { numRuns: 1e9, interruptAfterTimeLimit: fuzzSeconds * 1000 };
const amount = (numRuns: number) => (fuzzSeconds > 0 ? timeLimit : { numRuns });
const timeout = (fuzzSeconds + 30) * 1000;

describe('whatever the expression and the data', () => {
  test(
    'evaluation gives JSON data or a FeelEvaluationError, and leaves the data as it is',
    () => {
      fc.assert(fc.property(expression, data, data, checkEvaluation), amount(3000));
    },
    timeout,
  );

  test('texts that are no expressions are refused with a FeelSyntaxError', () => {
    const pieces = fc.constantFrom(...'()[]{}.,:"`@=<>+-*/ \n\\'.split(''), 'x', '1', 'for', 'in');
    const source = fc.oneof(
      fc.string(),
      fc.array(pieces).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(source, data, (text, x) => checkEvaluation(text, x, null)),
      {
        numRuns: 2000,
      },
    );
  });

  test('no key and no value changes which expression is evaluated', () => {
    const probe = compile(
      '[a.x and b.x, a.x - b.x, count(a.l), a.l[n > 1].n, if a.x then 1 else 2]',
    );
    const texts = probe.explain({}).parts.map(({ text }) => text);
    fc.assert(
      fc.property(data, data, (a, b) => {
        const told = probe.explain({ a, b }).parts.map(({ text }) => text);
        expect(told).toEqual(texts);
        expect(probe.references).toEqual(['a', 'b', 'n']);
      }),
    );
  });

  test('names that the expression does not use make no difference', () => {
    fc.assert(
      fc.property(
        expression,
        data,
        data,
        fc.dictionary(fc.string(), data),
        (source, x, y, more) => {
          const outcome = (scope: Record<string, unknown>): unknown => {
            try {
              return compile(source).evaluate(scope);
            } catch (error) {
              return error instanceof Error ? error.message : error;
            }
          };
          const used = ['x', 'y', 'missing', 'i', 'item', 'a', 'b', 'c', 'p', 'q', 'year'];
          const others = Object.entries(more).filter(([name]) => !used.includes(name));
          expect(outcome({ ...Object.fromEntries(others), x, y })).toEqual(outcome({ x, y }));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('limits hold: no more steps, items, characters and levels than allowed', () => {
    const limits = { steps: 60, rangeItems: 5, textLength: 20, resultSize: 200, depth: 6 };
    fc.assert(
      fc.property(expression, data, data, (source, x, y) => {
        try {
          const result = compile(source, { limits }).evaluate({ x, y });
          expect(JSON.stringify(result).length).toBeLessThanOrEqual(limits.resultSize * 6);
        } catch (error) {
          if (error instanceof FeelEvaluationError) expect(error.code).toMatch(/^FEEL_/);
          else expect(error).toMatchObject({ code: 'FEEL_SYNTAX' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
