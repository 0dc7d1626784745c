import type { MatcherFunction } from 'expect';
import { asJobResult } from './as-job-result.ts';
import type { ExpectedVariables } from './connector-matchers.ts';

/** Passes where a job completed, with these variables where they are given. */
export const toCompleteWith: MatcherFunction<[variables?: ExpectedVariables]> = function (
  received,
  variables,
) {
  const result = asJobResult(received);
  const { equals, utils } = this;
  const pass =
    result.action === 'complete' &&
    (variables === undefined || equals(result.variables ?? {}, variables));
  const expected = variables === undefined ? 'any variables' : utils.printExpected(variables);
  return {
    pass,
    message: () =>
      `Expected the job ${pass ? 'not ' : ''}to complete with ${expected}\nReceived: ${utils.printReceived(result)}`,
  };
};
