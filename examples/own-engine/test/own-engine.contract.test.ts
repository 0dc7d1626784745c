import type {
  InboundTarget,
  JobSource,
  Outcome,
  ProcessRuntime,
  StartCommand,
} from '@bpmn-connectors/sdk';
import { processRuntimeContract } from '@bpmn-connectors/testing';
import { describe, expect, test } from '@jest/globals';
import { createOwnEngine } from '../src/own-engine.ts';
import type { Process } from '../src/process.ts';
import { asFunction } from './as-function.ts';

type Engine = ProcessRuntime & InboundTarget & JobSource;

const contractOf = (change: (engine: Engine) => ProcessRuntime = (engine) => engine) =>
  processRuntimeContract(async () => {
    const processes: Process[] = [];
    return {
      processRuntime: change(createOwnEngine(processes, () => {})),
      register: async (process) => {
        processes.push(asFunction(process));
      },
    };
  });

const cases = await contractOf();

describe('an engine of one’s own keeps the contract of process runtimes', () => {
  for (const { name, run } of cases) test(name, run);
});

test('the suite leaves out what the engine does not offer', async () => {
  const withoutJobs = await contractOf((engine) => ({
    name: engine.name,
    send: (command) => engine.send(command),
    health: () => engine.health(),
    close: () => engine.close(),
  }));
  expect(withoutJobs.map(({ name }) => name)).toContain(
    'starts an instance for each start command',
  );
  expect(withoutJobs.length).toBeLessThan(cases.length / 2);
});

describe('the suite notices an engine that', () => {
  const breaches: readonly [does: string, change: (engine: Engine) => Engine, found: string][] = [
    [
      'rejects instead of answering',
      (engine) => ({
        ...engine,
        send: async (command, signal) => {
          const outcome = await engine.send(command, signal);
          if (outcome.status === 'rejected') throw new Error(outcome.message);
          return outcome;
        },
      }),
      'rejects the start of an unknown process with NOT_FOUND',
    ],
    [
      'says that it deduplicates starts, and does not',
      (engine) => ({ ...engine, deduplicates: { start: true, publish: false } }),
      'starts one instance for two starts with the same idempotency key, sent together',
    ],
    [
      'says that it deduplicates messages, and does not',
      (engine) => ({ ...engine, deduplicates: { start: false, publish: true } }),
      'publish with the same name, key and message id a second time is a duplicate',
    ],
    [
      'forgets a first start while it is under way',
      (engine) => ({ ...deduplicating(engine), deduplicates: { start: true, publish: false } }),
      'starts one instance for two starts with the same idempotency key, sent together',
    ],
    [
      'takes any correlation for granted',
      (engine) => ({
        ...engine,
        send: async (command) =>
          command.kind === 'correlate'
            ? { status: 'correlated', processInstanceKey: '1' }
            : engine.send(command),
      }),
      'correlate with nobody who waits is no-subscription and leaves nothing behind',
    ],
    [
      'starts anything after close',
      (engine) => ({ ...engine, close: async () => {} }),
      'answers a command after close with unavailable',
    ],
    [
      'hands out more jobs than it may',
      (engine) => ({
        ...engine,
        work: (options, handler) => engine.work({ ...options, maxActive: 9 }, handler),
      }),
      'hands out no more than maxActive jobs at a time, and all of them in the end',
    ],
    [
      'hands over all variables',
      (engine) => ({
        ...engine,
        work: ({ type, maxActive, timeoutMs }, handler) =>
          engine.work({ type, maxActive, timeoutMs }, handler),
      }),
      'hands over only the variables that the worker asked for',
    ],
    [
      'counts retries itself',
      (engine) => ({
        ...engine,
        work: (options, handler) =>
          engine.work(options, (job, signal) => handler({ ...job, retries: 3 }, signal)),
      }),
      'fail hands the job out again with the retries that it says',
    ],
    [
      'does not wait for the backoff',
      (engine) => ({
        ...engine,
        work: (options, handler) =>
          engine.work(options, async (job, signal) => {
            const result = await handler(job, signal);
            return result.action === 'fail' ? { ...result, retryBackoffMs: 0 } : result;
          }),
      }),
      'fail with a backoff hands the job out again not before that',
    ],
    [
      'does not wait for jobs in hand',
      (engine) => ({
        ...engine,
        work: (options, handler) => {
          const worker = engine.work(options, handler);
          return { drain: () => worker.drain(0) };
        },
      }),
      'drain waits for the jobs in hand and takes no more',
    ],
    [
      'loses the headers of a job',
      (engine) => ({
        ...engine,
        work: (options, handler) =>
          engine.work(options, (job, signal) => handler({ ...job, customHeaders: {} }, signal)),
      }),
      'hands out a job with variables, headers and retries',
    ],
  ];

  test.each(breaches)('%s', async (_, change, found) => {
    const changed = await contractOf(change);
    const finding = changed.find(({ name }) => name === found);
    await expect(finding?.run()).rejects.toThrow();
  });
});

/** Deduplicates starts, but only those that come when the first is done. */
function deduplicating(engine: Engine): Engine {
  const done = new Set<string | undefined>();
  const keyOf = (command: Partial<StartCommand>) => command.idempotencyKey;
  return {
    ...engine,
    send: async (command): Promise<Outcome> => {
      const key = command.kind === 'start' ? keyOf(command) : undefined;
      if (key !== undefined && done.has(key)) return { status: 'duplicate' };
      const outcome = await engine.send(command);
      done.add(key);
      return outcome;
    },
  };
}
