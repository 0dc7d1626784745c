import type { MatcherFunction } from 'expect';
import { asJobResult } from './as-job-result.ts';
import type { ExpectedVariables } from './connector-matchers.ts';

/** Passes where a job threw this BPMN error, with these variables where they are given. */
export const toThrowBpmnError: MatcherFunction<[code: string, variables?: ExpectedVariables]> =
  function (received, code, variables) {
    const result = asJobResult(received);
    const pass =
      result.action === 'throwError' &&
      result.errorCode === code &&
      (variables === undefined || this.equals(result.variables ?? {}, variables));
    return {
      pass,
      message: () =>
        `Expected the job ${pass ? 'not ' : ''}to throw the BPMN error ${this.utils.printExpected(code)}\nReceived: ${this.utils.printReceived(result)}`,
    };
  };
