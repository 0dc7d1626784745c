import type { JsonObject } from '@bpmn-connectors/sdk';

/**
 * Matchers that `import '@bpmn-connectors/testing/jest'` adds to `expect`. Variables are compared as
 * `toEqual` does; asymmetric matchers such as `expect.any(String)` may stand anywhere in them.
 */
export interface ConnectorMatchers<R> {
  /** A job's result: it completed with exactly these variables; with any where none are given. */
  toCompleteWith(variables?: ExpectedVariables): R;
  /** A result of `testOutbound`: it failed with this code; with any where none is given. */
  toFailWith(code?: string): R;
  /** A job's result: a BPMN error was thrown, with this code, and these variables where they are given. */
  toThrowBpmnError(code: string, variables?: ExpectedVariables): R;
  /** A `testInbound` at a start event: an instance was asked for, with these variables where they are given. */
  toHaveStarted(variables?: ExpectedVariables): R;
  /** A `testInbound`: a message with this correlation key went out, with these variables where they are given. */
  toHaveCorrelated(correlationKey: string, variables?: ExpectedVariables): R;
}

/** JSON, or an asymmetric matcher in the place of any part of it. */
export type ExpectedVariables = JsonObject | object;

declare module 'expect' {
  /** What `expect(value)` offers. */
  interface Matchers<R extends void | Promise<void>, T = unknown> extends ConnectorMatchers<R> {}
}
