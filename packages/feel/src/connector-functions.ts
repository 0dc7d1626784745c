import type { FeelFunction } from './compile-options.ts';
import { FeelEvaluationError } from './feel-evaluation-error.ts';
import { TimeDuration } from './values/duration-value.ts';
import { isContext, isNumber, isText } from './values/kind.ts';

function check(good: boolean, call: string, parameter: string, type: string): void {
  if (good) return;
  throw new FeelEvaluationError(
    'FEEL_ARGUMENTS',
    `${call} takes ${type} as ${parameter}; texts are joined from texts only: use string(…) for others`,
  );
}

const bpmnError: FeelFunction = {
  parameters: ['errorCode', 'errorMessage', 'errorVariables'],
  required: 1,
  call: ([errorCode, errorMessage, variables]) => {
    check(isText(errorCode), 'bpmnError', 'errorCode', 'a text');
    check(
      errorMessage === undefined || isText(errorMessage),
      'bpmnError',
      'errorMessage',
      'a text',
    );
    check(
      variables === undefined || isContext(variables),
      'bpmnError',
      'errorVariables',
      'a context',
    );
    return {
      errorType: 'bpmnError',
      errorCode,
      ...(errorMessage === undefined ? {} : { errorMessage }),
      ...(variables === undefined ? {} : { variables }),
    };
  },
};

const jobError: FeelFunction = {
  parameters: ['errorMessage', 'errorVariables', 'retries', 'retryBackoff'],
  required: 1,
  call: ([errorMessage, variables = {}, retries = 0, retryBackoff = new TimeDuration(0)]) => {
    check(isText(errorMessage), 'jobError', 'errorMessage', 'a text');
    check(isContext(variables), 'jobError', 'errorVariables', 'a context');
    check(isNumber(retries), 'jobError', 'retries', 'a number');
    check(retryBackoff instanceof TimeDuration, 'jobError', 'retryBackoff', 'a duration');
    return { errorType: 'jobError', errorMessage, variables, retries, retryBackoff };
  },
};

const ignoreError: FeelFunction = {
  parameters: ['variables'],
  required: 0,
  call: ([variables]) => {
    check(variables === undefined || isContext(variables), 'ignoreError', 'variables', 'a context');
    return { errorType: 'ignoreError', ...(variables === undefined ? {} : { variables }) };
  },
};

const isDuration = (value: unknown): value is TimeDuration => value instanceof TimeDuration;

const backoff: FeelFunction = {
  parameters: ['attempt', 'minDelay', 'factor', 'maxDelay', 'jitterFactor'],
  required: 1,
  call: ([
    attempt,
    minDelay = new TimeDuration(50),
    factor = 1.6,
    maxDelay = new TimeDuration(5000),
    jitterFactor = 0.1,
  ]) => {
    if (!isNumber(attempt) || attempt < 1) {
      throw new FeelEvaluationError('FEEL_ARGUMENTS', 'backoff takes a number from 1 as attempt');
    }
    if (
      !isDuration(minDelay) ||
      !isDuration(maxDelay) ||
      !isNumber(factor) ||
      !isNumber(jitterFactor)
    ) {
      const message =
        'backoff takes durations as minDelay and maxDelay, numbers as factor and jitterFactor';
      throw new FeelEvaluationError('FEEL_ARGUMENTS', message);
    }
    const delay = Math.min(maxDelay.milliseconds, minDelay.milliseconds * factor ** (attempt - 1));
    const jitter = delay * jitterFactor * (Math.random() * 2 - 1);
    return new TimeDuration(Math.max(0, Math.round(delay + jitter)));
  },
};

/**
 * Camunda's functions of error expressions, to be given as `functions`: `bpmnError(code, message?, variables?)`,
 * `jobError(message, variables?, retries?, retryBackoff?)`, `ignoreError(variables?)` and
 * `backoff(attempt, minDelay?, factor?, maxDelay?, jitterFactor?)`. They only build contexts
 * (`{errorType: 'jobError', …}`); wrong types of arguments fail with `FEEL_ARGUMENTS`.
 */
export const connectorFunctions: Readonly<Record<string, FeelFunction>> = Object.freeze({
  bpmnError,
  jobError,
  ignoreError,
  backoff,
});
