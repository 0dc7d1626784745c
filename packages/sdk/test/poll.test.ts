import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ConnectorError, type Health, poll, silentLogger } from '../src/index.ts';
import { createTestClock, type TestClock } from './support/test-clock.ts';

/** A promise that is settled from outside. */
function gate() {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

describe('polling', () => {
  let clock: TestClock;
  let reports: Health[];
  let logged: string[];

  beforeEach(() => {
    clock = createTestClock();
    reports = [];
    logged = [];
  });

  const context = () => ({
    clock,
    logger: {
      ...silentLogger,
      info: (_: object, message: string) => void logged.push(message),
      warn: (_: object, message: string) => void logged.push(message),
    },
    report: (health: Health) => void reports.push(health),
  });

  const advance = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds);
    await turnOfLoop();
  };

  test('begins at once, and again a pause after the end of each run', async () => {
    const at: number[] = [];
    const start = clock.now();
    const run = async () => void at.push(clock.now() - start);
    const stop = poll({ everyMs: 100, run }, context());
    await advance(0);
    await advance(99);
    expect(at).toEqual([0]);
    await advance(1);
    await advance(100);
    expect(at).toEqual([0, 100, 200]);
    await stop();
  });

  test('never runs twice at a time, however long a run takes', async () => {
    const { passed, open } = gate();
    let runs = 0;
    const run = async () => {
      runs += 1;
      await passed;
    };
    const stop = poll({ everyMs: 100, run }, context());
    await advance(0);
    await advance(10_000);
    expect([runs, clock.scheduled()]).toEqual([1, []]);
    open();
    await turnOfLoop();
    expect(clock.scheduled()).toEqual([100]);
    await stop();
  });

  test('waits twice as long with each failure in a row, up to the limit, and recovers', async () => {
    let broken = true;
    const run = async () => {
      if (broken) throw new Error('away');
    };
    const stop = poll({ everyMs: 100, run, maxBackoffMs: 500 }, context());
    const pauses: (number | undefined)[] = [];
    await advance(0);
    for (let round = 0; round < 4; round++) {
      pauses.push(clock.scheduled()[0]);
      await advance(clock.scheduled()[0] ?? 0);
    }
    expect(pauses).toEqual([200, 400, 500, 500]);
    broken = false;
    await advance(500);
    expect(clock.scheduled()).toEqual([100]);
    await stop();
  });

  test('no number of failures makes the pause shorter than the interval or longer than the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
        async (everyMs, maxBackoffMs, results) => {
          const left = [...results];
          const run = async () => {
            if (left.shift() === false) throw new Error('away');
          };
          const stop = poll({ everyMs, run, maxBackoffMs }, context());
          for (const _ of results) {
            await advance(clock.scheduled()[0] ?? 0);
            const [pause = 0] = clock.scheduled();
            expect(pause).toBeGreaterThanOrEqual(everyMs);
            expect(pause).toBeLessThanOrEqual(Math.max(everyMs, maxBackoffMs));
          }
          await stop();
        },
      ),
      { numRuns: 40 },
    );
  });

  test('heeds the pause that a source asks for', async () => {
    const run = async () => {
      throw new ConnectorError('THROTTLED', 'Slow down', { retryable: true, retryAfterMs: 90_000 });
    };
    const stop = poll({ everyMs: 100, run }, context());
    await advance(0);
    expect(clock.scheduled()).toEqual([90_000]);
    await stop();
  });

  test('reports down with the reason and up again, and logs only the changes', async () => {
    const results = [true, false, false, true];
    const run = async () => {
      if (results.shift() === false) throw new Error('the queue is away');
    };
    const stop = poll({ everyMs: 100, run }, context());
    await advance(0);
    for (let round = 0; round < 3; round++) await advance(clock.scheduled()[0] ?? 0);
    expect(reports).toEqual([
      { status: 'up' },
      { status: 'down', reason: 'the queue is away' },
      { status: 'down', reason: 'the queue is away' },
      { status: 'up' },
    ]);
    expect(logged).toEqual(['Polling failed and is tried again', 'Polling works again']);
    await stop();
  });

  test('stopping aborts the run in flight, waits for its end and runs no more', async () => {
    const { passed, open } = gate();
    let aborted = false;
    const run = async (signal: AbortSignal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      await passed;
    };
    const stop = poll({ everyMs: 100, run }, context());
    await advance(0);
    let stopped = false;
    const stopping = stop().then(() => {
      stopped = true;
    });
    await turnOfLoop();
    expect([aborted, stopped]).toEqual([true, false]);
    open();
    await stopping;
    expect(clock.scheduled()).toEqual([]);
  });

  test('stopping gives up on a run that does not heed its signal', async () => {
    const stop = poll({ everyMs: 100, run: () => new Promise(() => {}) }, context());
    await advance(0);
    const stopping = stop();
    await advance(5000);
    await expect(stopping).resolves.toBeUndefined();
  });

  test('a run that fails because polling stops is no failure of the source', async () => {
    const run = (signal: AbortSignal) =>
      new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const stop = poll({ everyMs: 100, run }, context());
    await advance(0);
    await stop();
    expect([reports, logged]).toEqual([[], []]);
  });

  test('what is stopped before its first run never runs', async () => {
    let runs = 0;
    const run = async () => {
      runs += 1;
    };
    const stop = poll({ everyMs: 100, run }, context());
    await stop();
    await advance(1000);
    expect(runs).toBe(0);
  });
});
