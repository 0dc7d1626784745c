import { type ExtendJob, type Job, type JobResult, silentLogger } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { createOutbound, type OutboundOptions } from '../src/index.ts';
import { echo } from './support/echo-connector.ts';
import { jobOf } from './support/job.ts';
import { createTestClock } from './support/test-clock.ts';

/** A connector whose work is ended by hand or by its signal, and what it was given. */
function hanging() {
  const begun: { readonly elementId: string; readonly finish: () => void }[] = [];
  const connector = echo(
    (_input, { signal, job }) =>
      new Promise((resolve, reject) => {
        begun.push({ elementId: job.elementId, finish: () => resolve({ done: true }) });
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  );
  return { connector, begun };
}

function setUp(options: Partial<OutboundOptions> = {}) {
  const clock = createTestClock();
  const { connector, begun } = hanging();
  const outbound = createOutbound({ connectors: [connector], clock, ...options });
  const timeout = (jobTimeout: string): Partial<Job> => ({ customHeaders: { jobTimeout } });
  const job = (parts: Partial<Job>): Job => jobOf({ deadline: clock.now() + 60_000, ...parts });
  return { clock, begun, outbound, timeout, job };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const timedOut = {
  action: 'fail',
  retries: 2,
  errorMessage: expect.stringContaining('jobTimeout'),
  variables: { error: { code: 'JOB_TIMEOUT' } },
};

describe('a connector that does not heed its signal', () => {
  test('is left alone a second after the time of its job, and others have its place', async () => {
    const clock = createTestClock();
    const begun: string[] = [];
    const outbound = createOutbound({
      connectors: [
        echo((_input, { job }) => {
          begun.push(job.elementId);
          return job.elementId === 'hangs' ? new Promise(() => {}) : null;
        }),
      ],
      clock,
      maxActive: 1,
    });
    const hangs = outbound.execute(jobOf({ elementId: 'hangs', deadline: clock.now() + 5000 }));
    const next = outbound.execute(jobOf({ elementId: 'next', deadline: clock.now() + 60_000 }));
    await turn();
    clock.advance(5000);
    clock.advance(999);
    await turn();
    expect(begun).toEqual(['hangs']);
    clock.advance(1);
    expect(await hangs).toMatchObject(timedOut);
    expect(await next).toMatchObject({ action: 'complete' });
  });

  test('and is done within that second has completed its job', async () => {
    const clock = createTestClock();
    let finish = (): void => {};
    const connector = echo(
      () =>
        new Promise((resolve) => {
          finish = () => resolve(null);
        }),
    );
    const outbound = createOutbound({ connectors: [connector], clock });
    const result = outbound.execute(jobOf({ deadline: clock.now() + 5000 }));
    await turn();
    clock.advance(5000);
    clock.advance(500);
    finish();
    expect(await result).toMatchObject({ action: 'complete' });
    expect(clock.scheduled()).toEqual([]);
  });

  test('is not begun where its secrets came after the time of the job', async () => {
    const clock = createTestClock();
    let worked = 0;
    let tell: (value: string) => void = () => {};
    const secrets = {
      get: () =>
        new Promise<string>((resolve) => {
          tell = resolve;
        }),
    };
    const outbound = createOutbound({ connectors: [echo(() => ++worked)], clock, secrets });
    const inputs = { text: '{{secrets.A}}' };
    const job = jobOf({ deadline: clock.now() + 5000, variables: inputs, inputs });
    const result = outbound.execute(job);
    await turn();
    clock.advance(5000);
    clock.advance(1000);
    expect(await result).toMatchObject(timedOut);
    tell('value');
    await turn();
    expect(worked).toBe(0);
  });
});

describe('the header jobTimeout', () => {
  test('moves the deadline of an engine that can, and leaves aborting to it', async () => {
    const { clock, begun, outbound, timeout, job } = setUp();
    const asked: number[] = [];
    const extend: ExtendJob = async (timeoutMs) => asked.push(timeoutMs) > 0;
    const { signal } = new AbortController();
    const result = outbound.execute(job(timeout('PT10M')), { signal, extend });
    await turn();
    clock.advance(3_600_000);
    begun[0]?.finish();
    expect(await result).toMatchObject({ action: 'complete' });
    expect(asked).toEqual([600_000]);
  });

  test.each([
    ['with a signal', new AbortController().signal],
    ['without one', undefined],
  ])('ends the work after its time where the engine cannot, %s', async (_name, signal) => {
    const { clock, outbound, timeout, job } = setUp();
    const lease = signal === undefined ? {} : { signal };
    const result = outbound.execute(job(timeout('PT5S')), lease);
    await turn();
    clock.advance(5000);
    expect(await result).toMatchObject(timedOut);
    expect(clock.scheduled()).toEqual([]);
  });

  test('leaves the signal of the engine in force', async () => {
    const { outbound, timeout, job } = setUp();
    const engine = new AbortController();
    const result = outbound.execute(job(timeout('PT5S')), { signal: engine.signal });
    await turn();
    engine.abort();
    expect(await result).toMatchObject({ action: 'fail', retries: 2 });
  });

  test('that the engine cannot be asked about is logged, and the job worked', async () => {
    const warnings: string[] = [];
    const warn = (_fields: object, message: string): void => void warnings.push(message);
    const { begun, outbound, timeout, job } = setUp({ logger: { ...silentLogger, warn } });
    const extend: ExtendJob = async () => {
      throw new Error('unreachable');
    };
    const { signal } = new AbortController();
    const result = outbound.execute(job(timeout('PT5S')), { signal, extend });
    await turn();
    begun[0]?.finish();
    expect(await result).toMatchObject({ action: 'complete' });
    expect(warnings).toEqual(['The time of a job could not be changed']);
  });

  test('of a job that is not in hand any more keeps the connector from working', async () => {
    const { begun, outbound, timeout, job } = setUp();
    const { signal } = new AbortController();
    const result = await outbound.execute(job(timeout('PT5S')), {
      signal,
      extend: async () => false,
    });
    expect(result).toMatchObject({ action: 'fail', variables: { error: { code: 'JOB_GONE' } } });
    expect(begun).toEqual([]);
  });

  test.each(['soon', 'PT0S', '-PT5S', 'P1M'])('%s fails the job for good', async (text) => {
    const { begun, outbound, timeout, job } = setUp();
    expect(await outbound.execute(job(timeout(text)))).toMatchObject({
      action: 'fail',
      retries: 0,
      variables: { error: { code: 'JOB_TIMEOUT_INVALID' } },
    });
    expect(begun).toEqual([]);
  });

  test('is checked at deployment', async () => {
    const { outbound } = setUp();
    const element = {
      processId: 'order',
      elementId: 'Task_1',
      type: 'test:echo:1',
      inputs: {},
      headers: { jobTimeout: 'PT0S', retryBackoff: 'later' },
    };
    expect(await outbound.check([element])).toEqual([
      expect.objectContaining({ where: expect.stringMatching(/header retryBackoff$/) }),
      expect.objectContaining({ where: expect.stringMatching(/header jobTimeout$/) }),
    ]);
  });
});

describe('of more jobs than may be worked at once', () => {
  test('the others wait, in the order in which they came', async () => {
    const { begun, outbound, job } = setUp({ maxActive: 2 });
    const ids = ['a', 'b', 'c', 'd'];
    const results = ids.map((elementId) => outbound.execute(job({ elementId })));
    for (const [index] of ids.entries()) {
      await turn();
      expect(begun.map(({ elementId }) => elementId)).toEqual(ids.slice(0, index + 2));
      begun[index]?.finish();
    }
    const ended: readonly JobResult[] = await Promise.all(results);
    expect(ended.map(({ action }) => action)).toEqual(ids.map(() => 'complete'));
  });

  test('one whose time is over while it waits fails, and takes nobody the turn', async () => {
    const { clock, begun, outbound, job } = setUp({ maxActive: 1 });
    const first = outbound.execute(job({}));
    const late = outbound.execute(job({ deadline: clock.now() + 1000 }));
    const third = outbound.execute(job({ elementId: 'third' }));
    await turn();
    clock.advance(1000);
    expect(await late).toMatchObject(timedOut);
    begun[0]?.finish();
    await first;
    await turn();
    begun[1]?.finish();
    expect(await third).toMatchObject({ action: 'complete' });
    expect(begun.map(({ elementId }) => elementId)).toEqual(['Task_1', 'third']);
  });

  test.each([0, -1, 1.5])('a limit of %s is refused', (maxActive) => {
    expect(() => setUp({ maxActive })).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ where: 'createOutbound / maxActive' })],
      }),
    );
  });
});
