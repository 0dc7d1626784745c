import type { DeployedInboundElement, JsonValue } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import type { DeliveryStepView } from '../src/index.ts';
import { catchElement, startElement } from './support/elements.ts';
import { setUpInbound } from './support/inbound-setup.ts';

const unready = catchElement({ properties: { correlationKeyExpression: '=null' } });

/** The steps of a dead letter when it is looked at with these elements deployed. */
async function stepsOf(
  elements: readonly DeployedInboundElement[],
  body: JsonValue,
  secret = 'unused',
): Promise<readonly DeliveryStepView[]> {
  const guarded = elements.map((element) => ({
    ...element,
    properties: { ...element.properties, 'inbound.auth.password': '{{secrets.LINE}}' },
  }));
  const { lines, inbound } = await setUpInbound([unready], {
    secrets: { get: async () => secret },
  });
  await lines.call('payments', { body, messageId: 'evt-1' });
  await inbound.update(guarded);
  const id = (await inbound.deadLetters.list()).items[0]?.id ?? '';
  return (await inbound.deadLetters.get(id))?.steps ?? [];
}

const stepOf = async (
  step: string,
  ...given: Parameters<typeof stepsOf>
): Promise<DeliveryStepView | undefined> =>
  (await stepsOf(...given)).find((one) => one.step === step);

const withCondition = (activationCondition: string): DeployedInboundElement =>
  catchElement({ properties: { activationCondition } });

describe('steps of a dead letter', () => {
  test('show message id, correlation key and variables', async () => {
    const element = catchElement({ properties: { resultExpression: '={order: request.body}' } });
    const body = { order: 'A-1', lines: [1, true, null] };
    expect(await stepsOf([element], body)).toEqual([
      { step: 'parse', decision: 'read' },
      { step: 'condition', decision: 'taken by Catch_1' },
      { step: 'message-id', decision: 'found', value: 'evt-1' },
      { step: 'correlation-key', decision: 'found', value: 'A-1' },
      { step: 'variables', decision: 'mapped', value: { order: body } },
    ]);
  });

  test('show which part of a condition was false, and the values it compared', async () => {
    const condition =
      '=request.body.kind = "paid" and request.body.amount > 100 and request.body.ok = true';
    expect(
      await stepOf('condition', [withCondition(condition)], { kind: 'paid', amount: 7, ok: true }),
    ).toMatchObject({
      decision: 'not met',
      value: [
        {
          elementId: 'Catch_1',
          causes: [
            { text: 'request.body.amount > 100', value: false, of: { 'request.body.amount': 7 } },
          ],
        },
      ],
    });
  });

  test.each([
    ['a comparison with what is missing', '=request.body.no > 1', 'request.body.no > 1', null],
    ['a negation', '=not(request.body.a = 1)', 'not(request.body.a = 1)', false],
    ['parentheses', '=((request.body.a = 2))', 'request.body.a = 2', false],
    ['one side of an or', '=request.body.a = 2 or null', 'request.body.a = 2', false],
    ['what is no truth value', '="yes"', '"yes"', 'yes'],
  ])('name %s as cause', async (_, condition, text, value) => {
    const step = await stepOf('condition', [withCondition(condition)], { a: 1 });
    expect(step?.value).toMatchObject([{ causes: [{ text, value }] }]);
  });

  test('show what made an expression fail', async () => {
    const properties = { messageIdExpression: '=assert(request.body.id, request.body.id != null)' };
    expect(
      await stepOf('message-id', [catchElement({ properties })], { order: 'A' }),
    ).toMatchObject({
      decision: 'MESSAGE_ID_FAILED',
      reason: expect.any(String),
      value: [{ text: 'request.body.id != null', value: false, of: { 'request.body.id': null } }],
    });
  });

  test('show what gave no correlation key', async () => {
    expect(await stepOf('correlation-key', [catchElement()], {})).toMatchObject({
      decision: 'NO_CORRELATION_KEY',
      value: [{ text: 'request.body.order', value: null }],
    });
  });

  test('show a result that is no context', async () => {
    const element = catchElement({ properties: { resultExpression: '=request.body.order' } });
    expect(await stepOf('variables', [element], { order: 'A' })).toMatchObject({
      decision: 'RESULT_FAILED',
      value: [{ text: 'request.body.order', value: 'A' }],
    });
  });

  test('never show a secret of the endpoint, also where the value is cut', async () => {
    const secret = 'open sesame';
    const element = catchElement({ properties: { resultVariable: 'all' } });
    const note = `${'x'.repeat(495)}${secret}`;
    const shown = await stepsOf([element], { order: secret, note, [secret]: [secret] }, secret);
    expect(JSON.stringify(shown)).toContain('***');
    expect(JSON.stringify(shown)).not.toContain('open');
  });

  test('stay small, however large the event is', async () => {
    const wide = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`k${n}`, `v${n}`]));
    let deep: JsonValue = 'bottom';
    for (let level = 0; level < 50; level += 1) deep = [deep];
    const list = Array.from({ length: 3000 }, () => 'y'.repeat(600));
    const body = { order: 'x'.repeat(1000), wide, deep, list };
    const element = catchElement({ properties: { resultVariable: 'all' } });
    const shown = await stepsOf([element], body);
    expect(shown.map(({ decision }) => decision)).toContain('mapped');
    expect(JSON.stringify(shown).length).toBeLessThan(100_000);
    expect(shown).toContainEqual(
      expect.objectContaining({ step: 'correlation-key', value: `${'x'.repeat(500)}…` }),
    );
  });

  test('of several elements show what kept each from taking the event', async () => {
    const first = withCondition('=request.body.kind = "a"');
    const second = catchElement({
      elementId: 'Catch_2',
      properties: { activationCondition: '=request.body.kind = "b"' },
    });
    const inProcess = { deduplicationMode: 'AUTO' };
    const elements = [first, second].map((element) => ({
      ...element,
      properties: { ...element.properties, ...inProcess },
    }));
    const step = await stepOf('condition', [...elements, startElement()], { kind: 'c' });
    expect(step?.value).toMatchObject([
      { elementId: 'Catch_1', causes: [{ of: { 'request.body.kind': 'c' } }] },
      { elementId: 'Catch_2', causes: [{ of: { 'request.body.kind': 'c' } }] },
    ]);
  });
});

describe('steps of an event that comes in', () => {
  test('are told before it is processed, secrets masked', async () => {
    const told: (readonly DeliveryStepView[])[] = [];
    const { lines, engine } = await setUpInbound(
      [
        catchElement({
          properties: {
            'inbound.auth.password': '{{secrets.LINE}}',
            resultExpression: '={key: request.body.key}',
          },
        }),
      ],
      {
        secrets: { get: async () => 'line-secret' },
        explained: (steps) => void told.push(steps),
      },
    );
    await lines.call('payments', {
      body: { order: 'A-1', key: 'line-secret' },
      messageId: 'evt-1',
    });
    expect(engine.commands).toHaveLength(1);
    expect(told).toHaveLength(1);
    expect(told[0]?.map(({ step }) => step)).toEqual([
      'condition',
      'message-id',
      'correlation-key',
      'variables',
    ]);
    expect(JSON.stringify(told)).not.toContain('line-secret');
  });
});
