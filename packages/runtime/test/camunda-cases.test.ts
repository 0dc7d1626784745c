import { readFileSync } from 'node:fs';
import { type JsonObject, type JsonValue, parseDuration } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { compileExpression } from '../src/expressions/compile-expression.ts';
import { createOutbound } from '../src/index.ts';
import { echo } from './support/echo-connector.ts';
import { jobOf } from './support/job.ts';

/** What was observed; `error` is what Camunda made of an error expression's result. */
interface Expected {
  readonly variables?: JsonObject;
  readonly exception?: string;
  readonly message?: string;
  readonly present?: boolean;
  readonly output?: string;
  readonly value?: JsonValue;
  readonly error?: {
    readonly errorType: string;
    readonly errorCode?: string;
    readonly errorMessage: string | null;
    readonly variables: JsonObject;
    readonly retries?: number;
    readonly retryBackoff?: string;
  };
}

interface ObservedCase {
  readonly name: string;
  readonly kind: string;
  readonly response: JsonValue;
  readonly resultVariable?: string;
  readonly resultExpression?: string;
  readonly errorExpression?: string;
  readonly input: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly expression: string;
  readonly context: JsonObject;
  readonly expected: Expected;
}

const dataOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8'));

const { cases }: { readonly cases: readonly ObservedCase[] } = dataOf('camunda-expressions.json');
const differences: Readonly<Record<string, { readonly ours?: Expected; readonly reason: string }>> =
  dataOf('camunda-differences.json');

const ofKind = (...kinds: readonly string[]) => cases.filter(({ kind }) => kinds.includes(kind));
const expectedOf = ({ name, expected }: ObservedCase): Expected =>
  differences[name]?.ours ?? expected;

const headersOf = (given: ObservedCase): Record<string, string> => {
  const { resultVariable, resultExpression, errorExpression } = given;
  const headers = { resultVariable, resultExpression, errorExpression };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
};

const resultOf = ({ exception, variables, error }: Expected): object => {
  if (exception !== undefined) return { action: 'fail', retries: 0 };
  if (error === undefined) return { action: 'complete', variables: variables ?? {} };
  return error.errorType === 'bpmnError'
    ? { action: 'throwError', errorCode: error.errorCode, variables: error.variables }
    : {
        action: 'fail',
        retries: error.retries,
        errorMessage: error.errorMessage,
        retryBackoffMs: parseDuration(error.retryBackoff ?? ''),
        variables: { ...error.variables, error: error.errorMessage },
      };
};

describe('cases observed from Camunda', () => {
  test.each(ofKind('result', 'error'))('$kind $name', async (given) => {
    const expected = expectedOf(given);
    const outbound = createOutbound({ connectors: [echo(() => given.response)] });
    const result = await outbound.execute(jobOf({ customHeaders: headersOf(given) }));
    expect(result).toMatchObject(resultOf(expected));
    if (expected.variables) expect(result.variables).toEqual(expected.variables);
  });

  test.each(ofKind('secret'))('$name', async (given) => {
    const { output, exception, message } = expectedOf(given);
    const outbound = createOutbound({
      connectors: [echo()],
      secrets: { get: async (name) => given.secrets[name] },
    });
    const result = await outbound.execute(
      jobOf({
        variables: { text: given.input },
        inputs: { text: given.input },
        customHeaders: { resultVariable: 'echoed' },
      }),
    );
    expect(result).toMatchObject(
      exception === undefined
        ? { action: 'complete', variables: { echoed: { text: output } } }
        : { action: 'fail', retries: 0, errorMessage: message },
    );
  });

  test.each(ofKind('feel'))('$name', ({ expression, context, expected }) => {
    expect(compileExpression(expression).evaluate(context)).toEqual(expected.value);
  });

  test('each is run, or left out with a reason', () => {
    const run = new Set(ofKind('result', 'error', 'secret', 'feel').map(({ name }) => name));
    const leftOut = cases.filter(({ name }) => !run.has(name)).map(({ name }) => name);
    expect(cases).toHaveLength(57);
    expect(leftOut.filter((name) => !differences[name]?.reason)).toEqual([]);
    expect(leftOut).toHaveLength(2);
  });
});
