import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { JsonObject } from '@bpmn-connectors/sdk';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Microburst,
  type MicroburstFault,
  startMicroburst,
} from './ministack/start-microburst.ts';
import { startMinistack } from './ministack/start-ministack.ts';
import { connect, event, failure, run, variablesWith } from './run-job.ts';

const closing: (() => unknown)[] = [];
let microburst: Microburst;

const onBus = (eventBusName: string, changes: JsonObject = {}): JsonObject =>
  variablesWith({ input: { ...event, eventBusName, ...changes } });

beforeAll(async () => {
  const ministack = await startMinistack();
  closing.push(() => ministack.close());
  const { endpoint } = ministack;
  const credentials = { accessKeyId: 'AKIATESTKEY', secretAccessKey: 'very-secret-key' };
  const aws = new EventBridgeClient({ endpoint, region: 'us-east-1', credentials });
  await aws.send(new CreateEventBusCommand({ Name: 'orders' }));
  aws.destroy();
  microburst = await startMicroburst(endpoint);
  closing.push(() => microburst.close());
  // The first call that is to go wrong loads the model of the service, which takes seconds.
  await microburst.failNext('PutEvents', { error: { code: 'InternalException', status: 500 } }, 1);
  await run(connect({ endpoint: microburst.endpoint, requestTimeoutMs: 120_000 }), onBus('orders'));
}, 300_000);

afterAll(async () => {
  for (const end of closing.reverse()) await end();
}, 60_000);

interface Outcome {
  readonly code?: string;
  readonly retryable?: boolean;
  readonly fired: number;
}

describe('With microburst between the connector and MiniStack', () => {
  test.each<[string, MicroburstFault, number, Outcome]>([
    ['throttling once', { error: { code: 'ThrottlingException' } }, 1, { fired: 1 }],
    ['throttling twice', { error: { code: 'ThrottlingException' } }, 2, { fired: 2 }],
    [
      'throttling always',
      { error: { code: 'ThrottlingException' } },
      9,
      { code: 'ThrottlingException', retryable: true, fired: 3 },
    ],
    [
      'a limit exceeded always',
      { error: { code: 'LimitExceededException' } },
      9,
      { code: 'LimitExceededException', retryable: true, fired: 3 },
    ],
    [
      'an internal error always',
      { error: { code: 'InternalException', status: 500 } },
      9,
      { code: 'InternalException', retryable: true, fired: 3 },
    ],
    ...['AccessDeniedException', 'ExpiredTokenException', 'UnrecognizedClientException'].map(
      (code): [string, MicroburstFault, number, Outcome] => [
        code,
        { error: { code } },
        9,
        { code, retryable: false, fired: 1 },
      ],
    ),
    ['a cut connection once', { reset: true }, 1, { fired: 1 }],
    [
      'a cut connection always',
      { reset: true },
      9,
      { code: 'ECONNRESET', retryable: true, fired: 3 },
    ],
    [
      'half an answer',
      { response: { truncate_frac: 0.5 } },
      9,
      { code: 'PUT_EVENTS_OUTCOME_UNKNOWN', retryable: false, fired: 1 },
    ],
    [
      'an answer cut off',
      { response: { abort_frac: 0.5 } },
      9,
      { code: 'PUT_EVENTS_OUTCOME_UNKNOWN', retryable: false, fired: 1 },
    ],
  ])('%s', async (_, fault, times, { code, retryable, fired }) => {
    await microburst.failNext('PutEvents', fault, times);
    const result = run(connect({ endpoint: microburst.endpoint }), onBus('orders'));
    if (code === undefined) expect(await result).toMatchObject({ failedEntryCount: 0 });
    else expect(await failure(result)).toMatchObject({ code, retryable });
    expect(await microburst.fired()).toBe(fired);
  });

  test('a bus that may not be asked for gets its events', async () => {
    const error = { code: 'AccessDeniedException' };
    await microburst.failNext('DescribeEventBus', { error }, 1);
    const connector = connect({ endpoint: microburst.endpoint });
    expect(await run(connector, onBus('orders'))).toMatchObject({ failedEntryCount: 0 });
    expect(await microburst.fired()).toBe(1);
  });
});

describe('With MiniStack', () => {
  test('a bus that is not there is told before sending', async () => {
    await microburst.failNext('PutEvents', { error: { code: 'ThrottlingException' } }, 1);
    const connector = connect({ endpoint: microburst.endpoint });
    expect((await failure(run(connector, onBus('nowhere')))).code).toBe('EVENT_BUS_NOT_FOUND');
    expect(await microburst.fired()).toBe(0);
  });

  test('a list of events has as many results', async () => {
    await microburst.failNext('PutEvents', { error: { code: 'ThrottlingException' } }, 1);
    const entries = [{ detail: { n: 1 } }, { detail: { n: 2 } }, { detail: { n: 3 } }];
    const result = await run(
      connect({ endpoint: microburst.endpoint }),
      onBus('orders', { entries }),
    );
    const eventId = expect.stringMatching(/^[\da-f-]{36}$/);
    expect(result).toMatchObject({ entries: entries.map(() => ({ eventId })) });
  });

  test('an entry for a bus of another account fails with its code', async () => {
    const bus = 'arn:aws:events:us-east-1:999999999999:event-bus/orders';
    const connector = connect({ endpoint: microburst.endpoint });
    expect((await failure(run(connector, onBus(bus)))).code).toBe('ResourceNotFoundException');
  });
});
