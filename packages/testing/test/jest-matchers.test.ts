import {
  ConnectorError,
  defineInbound,
  defineOutbound,
  implement,
  implementInbound,
  type SubscriptionContext,
} from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { testInbound, testOutbound } from '../src/index.ts';
import '../src/jest/index.ts';

const divide = implement(
  defineOutbound({
    type: 'io.example:divide:1',
    template: { id: 'io.example.Divide.v1', version: 1, name: 'Divide' },
    input: z.object({ by: z.number() }),
  }),
  async ({ by }) => {
    if (by === 0) throw new ConnectorError('BY_ZERO', 'Cannot divide by zero');
    return { quotient: 12 / by, id: 'q-1' };
  },
);

const run = (by: number | string, headers: Readonly<Record<string, string>> = {}) =>
  testOutbound(divide, {
    variables: { by },
    headers: { resultExpression: '={quotient: response.quotient, id: response.id}', ...headers },
  });

const asBpmnError = {
  errorExpression:
    '=if error.code = "BY_ZERO" then bpmnError("NO_QUOTIENT", "no", {by: 0}) else null',
};

describe('toCompleteWith', () => {
  test('compares all variables, and takes matchers in their place', async () => {
    const result = await run(3);
    expect(result).toCompleteWith({ quotient: 4, id: 'q-1' });
    expect(result).toCompleteWith({ quotient: 4, id: expect.any(String) });
    expect(result).toCompleteWith(expect.objectContaining({ quotient: 4 }));
    expect(result).toCompleteWith();
    expect(result).not.toCompleteWith({ quotient: 4 });
  });

  test('tells what came instead', async () => {
    const result = await run(0);
    expect(result).not.toCompleteWith();
    expect(() => expect(result).toCompleteWith({ quotient: 1 })).toThrow('Cannot divide by zero');
  });
});

describe('toFailWith', () => {
  test('compares the code of the error', async () => {
    const result = await run(0);
    expect(result).toFailWith('BY_ZERO');
    expect(result).toFailWith();
    expect(result).not.toFailWith('BY_ONE');
    expect(await run('three')).toFailWith('INPUT_INVALID');
  });

  test('a job that completed or threw a BPMN error did not fail', async () => {
    expect(await run(3)).not.toFailWith();
    expect(await run(0, asBpmnError)).not.toFailWith();
    const completed = await run(3);
    expect(() => expect(completed).toFailWith('BY_ZERO')).toThrow('to fail with');
  });
});

describe('toThrowBpmnError', () => {
  test('compares code and variables', async () => {
    const result = await run(0, asBpmnError);
    expect(result).toThrowBpmnError('NO_QUOTIENT');
    expect(result).toThrowBpmnError('NO_QUOTIENT', { by: 0 });
    expect(result).not.toThrowBpmnError('NO_QUOTIENT', { by: 1 });
    expect(result).not.toThrowBpmnError('BY_ZERO');
  });

  test('a failure is no BPMN error', async () => {
    const result = await run(0);
    expect(result).not.toThrowBpmnError('BY_ZERO');
    expect(() => expect(result).toThrowBpmnError('BY_ZERO')).toThrow('to throw the BPMN error');
  });
});

/** A bell that rings when it is told to. */
function createBell() {
  let context: SubscriptionContext | undefined;
  const connector = implementInbound(
    defineInbound({
      type: 'io.example:bell:1',
      template: { id: 'io.example.Bell.v1', version: 1, name: 'Bell' },
      properties: z.object({ door: z.string().min(1) }),
    }),
    {
      address: ({ door }) => door,
      activate: async (_, given) => {
        context = given;
        return async () => {};
      },
    },
  );
  return { connector, ring: (visitor: string) => context?.correlate({ variables: { visitor } }) };
}

const properties = { door: 'front', resultExpression: '={visitor: visitor}' };

describe('toHaveStarted', () => {
  test('finds the instance that was asked for', async () => {
    const { connector, ring } = createBell();
    const bell = await testInbound(connector, { properties });
    expect(bell).not.toHaveStarted();
    await ring('Ann');
    expect(bell).toHaveStarted();
    expect(bell).toHaveStarted({ visitor: 'Ann' });
    expect(bell).not.toHaveStarted({ visitor: 'Bob' });
    expect(() => expect(bell).toHaveStarted({ visitor: 'Bob' })).toThrow('to have started');
    await bell.close();
  });
});

describe('toHaveCorrelated', () => {
  test('finds the message by its key, which starts nothing', async () => {
    const { connector, ring } = createBell();
    const bell = await testInbound(connector, {
      properties: { ...properties, correlationKeyExpression: '=visitor' },
      element: { elementType: 'intermediateCatchEvent', message: { name: 'visit' } },
    });
    await ring('Ann');
    expect(bell).toHaveCorrelated('Ann');
    expect(bell).toHaveCorrelated('Ann', { visitor: expect.any(String) });
    expect(bell).not.toHaveCorrelated('Ann', {});
    expect(bell).not.toHaveStarted();
    expect(() => expect(bell).toHaveCorrelated('Bob')).toThrow('correlation key');
    await bell.close();
  });
});

test.each([
  ['toCompleteWith', () => expect(run(3)).toCompleteWith()],
  ['toFailWith', () => expect(undefined).not.toFailWith()],
  ['toThrowBpmnError', () => expect({ action: 'none' }).not.toThrowBpmnError('X')],
  ['toHaveStarted', () => expect({}).not.toHaveStarted()],
  ['toHaveCorrelated', () => expect({ commands: [] }).not.toHaveCorrelated('1')],
])('%s refuses what is no result, also where it is negated', (_, compare) => {
  expect(compare).toThrow('was it awaited?');
});
