import type { MatcherFunction } from 'expect';
import { asInboundTest } from './as-inbound-test.ts';
import type { ExpectedVariables } from './connector-matchers.ts';

const startEvents: ReadonlySet<string> = new Set(['startEvent', 'messageStartEvent']);

/** Passes where a start event's connector asked for an instance, with these variables where they are given. */
export const toHaveStarted: MatcherFunction<[variables?: ExpectedVariables]> = function (
  received,
  variables,
) {
  const { commands, element } = asInboundTest(received);
  const pass =
    startEvents.has(element.elementType) &&
    commands.some(
      (command) => variables === undefined || this.equals(command.variables, variables),
    );
  const expected = variables === undefined ? '' : ` with ${this.utils.printExpected(variables)}`;
  return {
    pass,
    message: () =>
      `Expected the ${element.elementType} ${pass ? 'not ' : ''}to have started an instance${expected}\nCommands: ${this.utils.printReceived(commands)}`,
  };
};
