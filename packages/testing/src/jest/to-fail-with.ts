import type { MatcherFunction } from 'expect';
import { asJobResult } from './as-job-result.ts';

/** Passes where a job failed, with this code where one is given. */
export const toFailWith: MatcherFunction<[code?: string]> = function (received, code) {
  const result = asJobResult(received);
  const pass = result.action === 'fail' && (code === undefined || result.code === code);
  const expected = code === undefined ? 'any code' : this.utils.printExpected(code);
  return {
    pass,
    message: () =>
      `Expected the job ${pass ? 'not ' : ''}to fail with ${expected}\nReceived: ${this.utils.printReceived(result)}`,
  };
};
