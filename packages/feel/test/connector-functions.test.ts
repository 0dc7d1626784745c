import { describe, expect, test } from '@jest/globals';
import { compile, connectorFunctions } from '../src/index.ts';

const evaluate = (source: string, scope = {}) =>
  compile(source, { functions: connectorFunctions }).evaluate(scope);

describe('functions of error expressions', () => {
  test.each([
    ['bpmnError("A")', { errorType: 'bpmnError', errorCode: 'A' }],
    ['bpmnError("A", "m")', { errorType: 'bpmnError', errorCode: 'A', errorMessage: 'm' }],
    [
      'bpmnError("A", "m", {a: 1})',
      { errorType: 'bpmnError', errorCode: 'A', errorMessage: 'm', variables: { a: 1 } },
    ],
    [
      'jobError("m")',
      { errorType: 'jobError', errorMessage: 'm', variables: {}, retries: 0, retryBackoff: 'PT0S' },
    ],
    [
      'jobError("m", {a: 1}, 2, @"PT5S")',
      {
        errorType: 'jobError',
        errorMessage: 'm',
        variables: { a: 1 },
        retries: 2,
        retryBackoff: 'PT5S',
      },
    ],
    ['ignoreError()', { errorType: 'ignoreError' }],
    ['ignoreError({a: 1})', { errorType: 'ignoreError', variables: { a: 1 } }],
    ['backoff(3, @"PT1S", 2, @"PT1M", 0)', 'PT4S'],
    ['backoff(30, @"PT1S", 2, @"PT1M", 0)', 'PT1M'],
  ])('%s', (source, value) => {
    expect(evaluate(source)).toEqual(value);
  });

  test('backoff grows from 50 ms to 5 s by 1.6, give or take a tenth', () => {
    const delays = [1, 2, 100].map((attempt) =>
      evaluate('backoff(attempt) / duration("PT0.001S")', { attempt }),
    );
    const [first, second, last] = delays.map(Number);
    expect(first).toBeGreaterThanOrEqual(45);
    expect(first).toBeLessThanOrEqual(55);
    expect(second).toBeGreaterThanOrEqual(72);
    expect(second).toBeLessThanOrEqual(88);
    expect(last).toBeGreaterThanOrEqual(4500);
    expect(last).toBeLessThanOrEqual(5500);
  });

  test.each([
    ['bpmnError(1)', 'bpmnError takes a text as errorCode'],
    ['bpmnError("A", "m " + 3)', 'bpmnError takes a text as errorMessage'],
    ['bpmnError("A", "m", "v")', 'bpmnError takes a context as errorVariables'],
    ['jobError(missing)', 'jobError takes a text as errorMessage'],
    ['jobError("m", [])', 'jobError takes a context as errorVariables'],
    ['jobError("m", {}, "3")', 'jobError takes a number as retries'],
    ['jobError("m", {}, 3, "PT5S")', 'jobError takes a duration as retryBackoff'],
    ['jobError("m", {}, 3, @"P1M")', 'jobError takes a duration as retryBackoff'],
    ['ignoreError("x")', 'ignoreError takes a context as variables'],
    ['backoff(0)', 'backoff takes a number from 1 as attempt'],
    ['backoff(1, 50)', 'backoff takes durations'],
  ])('%s fails', (source, message) => {
    expect(() => evaluate(source)).toThrow(
      expect.objectContaining({
        code: 'FEEL_ARGUMENTS',
        message: expect.stringContaining(message),
      }),
    );
  });

  test('are unknown, hence null, where they are not given', () => {
    expect(compile('jobError("m")').evaluate({})).toBeNull();
  });
});
