import type { MatcherFunction } from 'expect';
import { asInboundTest } from './as-inbound-test.ts';
import type { ExpectedVariables } from './connector-matchers.ts';

/** Passes where a message with this key went out, with these variables where they are given. */
export const toHaveCorrelated: MatcherFunction<
  [correlationKey: string, variables?: ExpectedVariables]
> = function (received, correlationKey, variables) {
  const { commands } = asInboundTest(received);
  const pass = commands.some(
    (command) =>
      command.kind !== 'start' &&
      command.correlationKey === correlationKey &&
      (variables === undefined || this.equals(command.variables, variables)),
  );
  return {
    pass,
    message: () =>
      `Expected ${pass ? 'no' : 'a'} message with the correlation key ${this.utils.printExpected(correlationKey)}\nCommands: ${this.utils.printReceived(commands)}`,
  };
};
