import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Job, JobResult } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { bench } from './bench.ts';
import { end, event, flow, flows, message, model, start, task } from './model.ts';

const one = (options: Parameters<typeof task>[2] = {}, type = 't'): string =>
  model(start() + task('a', type, options) + end() + flows('s', 'a', 'e'));

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes of the heap that are really in use. */
function usedHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A worker whose jobs are ended by hand. */
function manual(at: ReturnType<typeof bench>, maxActive = 1, timeoutMs = 1000) {
  const given: { job: Job; signal: AbortSignal; end: (result: JobResult) => void }[] = [];
  const worker = at.engine.work({ type: 't', maxActive, timeoutMs }, (job, signal) => {
    return new Promise((resolve) => {
      given.push({ job, signal, end: resolve });
    });
  });
  return { given, worker };
}

describe('a job', () => {
  test('tells all about itself', async () => {
    const at = bench();
    const headers = '<zeebe:taskHeaders><zeebe:header key="k" value="v" /></zeebe:taskHeaders>';
    await at.deploy(one({ retries: '=n + 1', headers }, '="t"'));
    const { given } = manual(at);
    await at.start({ n: 4 });
    await at.settled();
    const instance = await at.only();
    expect(given.map(({ job }) => job)).toEqual([
      {
        key: expect.any(String),
        type: 't',
        processId: 'p',
        processInstanceKey: instance.key,
        elementId: 'a',
        elementInstanceKey: expect.any(String),
        retries: 5,
        deadline: at.clock.now() + 1000,
        variables: { n: 4 },
        customHeaders: { k: 'v' },
        inputs: {},
      },
    ]);
  });

  test('holds only the variables asked for', async () => {
    const at = bench();
    await at.deploy(one({ inputs: [['=a', 'input.a']] }));
    const jobs: Job[] = [];
    const options = { type: 't', maxActive: 1, timeoutMs: 1000, fetchVariables: ['input', 'gone'] };
    at.engine.work(options, async (job) => {
      jobs.push(job);
      return { action: 'complete' };
    });
    await at.start({ a: 1, b: 2 });
    await at.settled();
    expect(jobs[0]?.variables).toEqual({ input: { a: 1 } });
  });

  test('is not handed out before it is durable', async () => {
    const at = bench();
    await at.deploy(one());
    const { given } = manual(at);
    await at.settled();
    at.journal.breakDown();
    expect((await at.start()).status).toBe('unavailable');
    await at.settled();
    expect(given).toEqual([]);
  });

  test('is handed to at most as many as the worker can take, first in first out', async () => {
    const at = bench();
    await at.deploy(one());
    const { given } = manual(at, 2);
    for (const n of [1, 2, 3]) await at.start({ n });
    await at.settled();
    expect(given.map(({ job }) => job.variables['n'])).toEqual([1, 2]);
    given[1]?.end({ action: 'complete' });
    await at.settled();
    expect(given.map(({ job }) => job.variables['n'])).toEqual([1, 2, 3]);
  });

  test('goes to the workers of its type in turn', async () => {
    const at = bench();
    await at.deploy(one());
    const [first, second] = [manual(at, 8), manual(at, 8)];
    for (const n of [1, 2, 3, 4]) await at.start({ n });
    await at.settled();
    expect([first.given.length, second.given.length]).toEqual([2, 2]);
  });

  test('is handed out again after its deadline, and the worker is told by its signal', async () => {
    const at = bench();
    await at.deploy(one());
    const { given } = manual(at);
    await at.start();
    await at.settled();
    at.clock.advance(999);
    expect(given).toHaveLength(1);
    at.clock.advance(1);
    expect(given[0]?.signal.aborted).toBe(true);
    expect(given[1]?.job.key).toBe(given[0]?.job.key);
  });

  test('has the time that its worker asks for while it has it', async () => {
    const at = bench();
    await at.deploy(one());
    const extensions: ((timeoutMs: number) => Promise<boolean>)[] = [];
    at.engine.work({ type: 't', maxActive: 9, timeoutMs: 1000 }, (_job, _signal, extend) => {
      if (extend !== undefined) extensions.push(extend);
      return new Promise(() => {});
    });
    await at.start();
    await at.settled();
    expect(await extensions[0]?.(5000)).toBe(true);
    at.clock.advance(4999);
    expect(extensions).toHaveLength(1);
    at.clock.advance(1);
    expect(extensions).toHaveLength(2);
    expect(await extensions[0]?.(5000)).toBe(false);
  });

  test('handed out twice is ended by whoever completes first, and the other result is dropped', async () => {
    const at = bench();
    await at.deploy(one());
    const { given } = manual(at);
    await at.start();
    await at.settled();
    at.clock.advance(1000);
    given[0]?.end({ action: 'fail', retries: 0, errorMessage: 'late' });
    await at.settled();
    expect(await at.incidents()).toEqual([]);
    given[1]?.end({ action: 'complete', variables: { by: 2 } });
    await at.settled();
    expect(await at.only()).toMatchObject({ state: 'completed', variables: { by: 2 } });
  });

  test('with an incident takes no late result of an earlier attempt', async () => {
    const at = bench();
    await at.deploy(one());
    const { given } = manual(at);
    await at.start();
    await at.settled();
    at.clock.advance(1000);
    given[1]?.end({ action: 'fail', retries: 0, errorMessage: 'no' });
    await at.settled();
    given[0]?.end({ action: 'complete' });
    await at.settled();
    expect(await at.only()).toMatchObject({ state: 'incident' });
    expect(await at.incidents()).toEqual(['JOB_NO_RETRIES']);
  });

  test('that fails is not handed out again before that is durable', async () => {
    const at = bench();
    await at.deploy(one());
    const { given } = manual(at);
    await at.start();
    await at.settled();
    at.journal.breakDown();
    given[0]?.end({ action: 'fail', retries: 2, errorMessage: 'again' });
    await at.settled();
    expect(given).toHaveLength(1);
  });

  test('that fails comes again after its back-off, with the retries it was given', async () => {
    const at = bench();
    await at.deploy(one());
    const { given } = manual(at);
    await at.start();
    await at.settled();
    const failure = { action: 'fail', errorMessage: 'no', retryBackoffMs: 5000 } as const;
    given[0]?.end({ ...failure, retries: 2, variables: { hint: 1 } });
    await at.settled();
    at.clock.advance(4999);
    expect(given).toHaveLength(1);
    at.clock.advance(1);
    expect(given[1]?.job).toMatchObject({ retries: 2, variables: { hint: 1 } });
    expect((await at.only()).variables).toEqual({});
  });

  test('without retries left is an incident; resolved, it has one attempt more', async () => {
    const at = bench();
    await at.deploy(one());
    const { given } = manual(at);
    await at.start();
    await at.settled();
    given[0]?.end({ action: 'fail', retries: 0, errorMessage: 'the reason' });
    await at.settled();
    const [incident] = (await at.engine.incidents({})).items;
    expect(incident).toMatchObject({ code: 'JOB_NO_RETRIES', message: 'the reason' });
    await at.engine.resolveIncident(incident?.key ?? '');
    await at.settled();
    expect(given[1]?.job.retries).toBe(1);
    given[1]?.end({ action: 'complete' });
    await at.settled();
    expect((await at.only()).state).toBe('completed');
  });

  test('whose worker throws has failed once more, and its message is not repeated', async () => {
    const at = bench();
    await at.deploy(one({ retries: '2' }));
    const jobs = at.work('t', () => {
      throw new TypeError('holds a secret');
    });
    await at.start();
    await at.settled();
    expect(jobs.map(({ retries }) => retries)).toEqual([2, 1]);
    const [incident] = (await at.engine.incidents({})).items;
    expect(incident?.message).toBe('The worker threw TypeError');
  });

  test.each([
    'null',
    '"done"',
    '{}',
    '{"action":"done"}',
    '{"action":"throwError"}',
    '{"action":"fail","errorMessage":"without retries"}',
    '{"action":"fail","retries":1}',
    '{"action":"fail","retries":1,"errorMessage":"","retryBackoffMs":"PT1S"}',
  ])('whose worker gives %s instead of a result has failed once more', async (result) => {
    const at = bench();
    await at.deploy(one({ retries: '2' }));
    const jobs = at.work('t', () => JSON.parse(result));
    await at.start();
    await at.settled();
    expect(jobs.map(({ retries }) => retries)).toEqual([2, 1]);
    const [incident] = (await at.engine.incidents({})).items;
    expect(incident).toMatchObject({
      code: 'JOB_NO_RETRIES',
      message: expect.stringMatching(/^The worker gave no job result: /),
    });
  });

  test('is a copy: what its worker changes in the variables stays with the worker', async () => {
    const at = bench();
    const variables = JSON.parse('{"order":{"items":[1],"__proto__":{"x":1}}}');
    await at.deploy(one({ retries: '2' }));
    const seen: string[] = [];
    at.work('t', (job) => {
      seen.push(JSON.stringify(job.variables));
      const { order } = job.variables;
      if (typeof order === 'object' && order !== null && !Array.isArray(order)) order['items'] = 2;
      return { action: 'fail', retries: job.retries - 1, errorMessage: 'no' };
    });
    await at.start(variables);
    await at.settled();
    expect(seen).toEqual([JSON.stringify(variables), JSON.stringify(variables)]);
    expect(JSON.stringify((await at.only()).variables)).toBe(JSON.stringify(variables));
  });

  test('that is gone before a worker came takes no memory', async () => {
    const at = bench();
    const left = event('boundaryEvent', 'b', 'left', { attributes: 'attachedToRef="a"' });
    await at.deploy(
      model(start() + task('a', 't') + left + end() + flows('s', 'a', 'e') + flow('b', 'e'), {
        root: message('left', '="k"'),
      }),
    );
    const before = usedHeap();
    for (let n = 0; n < 400; n += 1) {
      await at.start({ text: String(n).padEnd(100_000) });
      await at.publish('left', 'k');
    }
    at.journal.disk.clear();
    expect(usedHeap() - before).toBeLessThan(15e6);
  });

  test('with a result over the limit, or that is no JSON, is an incident', async () => {
    const at = bench({ variablesLength: 100 });
    await at.deploy(one());
    at.work('t', () => ({ action: 'complete', variables: { x: 'y'.repeat(100) } }));
    await at.start();
    await at.settled();
    expect(await at.incidents()).toEqual(['MESSAGE_SIZE_EXCEEDED']);
  });

  test('with a result nested too deeply is an incident', async () => {
    const at = bench();
    await at.deploy(one());
    const result = `{"action":"complete","variables":${'{"a":'.repeat(3000)}1${'}'.repeat(3001)}`;
    at.work('t', () => JSON.parse(result));
    await at.start();
    await at.settled();
    expect(await at.incidents()).toEqual(['MESSAGE_SIZE_EXCEEDED']);
  });

  test.each([
    ['type', one({}, '=1 > 0')],
    ['number of retries', one({ retries: '="many"' })],
  ])('whose %s is no such thing is an incident', async (what, xml) => {
    const at = bench();
    await at.deploy(xml);
    await at.start();
    const [incident] = (await at.engine.incidents({})).items;
    expect(incident).toMatchObject({ code: 'EXTRACT_VALUE_ERROR' });
    expect(incident?.message).toContain(what);
  });
});

describe('draining a worker', () => {
  test('lets it finish what it has and gives it nothing new', async () => {
    const at = bench();
    await at.deploy(one());
    const { given, worker } = manual(at);
    await at.start();
    await at.start();
    await at.settled();
    const drained = worker.drain(1000);
    given[0]?.end({ action: 'complete' });
    await drained;
    await at.settled();
    expect(given).toHaveLength(1);
    expect(given[0]?.signal.aborted).toBe(false);
  });

  test('gives what is late to another worker', async () => {
    const at = bench();
    await at.deploy(one());
    const first = manual(at);
    await at.start();
    await at.settled();
    const second = manual(at);
    const drained = first.worker.drain(500);
    at.clock.advance(500);
    await drained;
    await at.settled();
    expect(first.given[0]?.signal.aborted).toBe(true);
    expect(second.given).toHaveLength(1);
  });
});

test('ten thousand jobs and timers are worked in order', async () => {
  const at = bench();
  await at.deploy(
    model(start() + task('a', 't') + task('b', 'u') + flows('s', 'a') + flow('a', 'b')),
  );
  const count = 10_000;
  await Promise.all(Array.from({ length: count }, (_, n) => at.start({ n })));
  const seen: number[] = [];
  let done = (): void => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  at.work('t', () => ({ action: 'complete' }));
  at.work('u', ({ variables }) => {
    seen.push(Number(variables['n']));
    if (seen.length === count) done();
    return { action: 'complete' };
  });
  await all;
  expect(seen).toEqual(Array.from({ length: count }, (_, n) => n));
});
