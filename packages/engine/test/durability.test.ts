import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '@bpmn-connectors/journal';
import type { InstanceView } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { createEngine } from '../src/index.ts';
import { type Bench, bench } from './bench.ts';
import { end, event, flow, flows, message, model, start, task } from './model.ts';

const root = message('go') + message('paid', '=orderId');
/** Message start, job, sub-process with two parallel jobs and a message, end. */
const order = model(
  event('startEvent', 's', 'go') +
    task('reserve', 'reserve', { outputs: [['=ok', 'reserved']] }) +
    `<bpmn:subProcess id="sub">${start('i')}<bpmn:parallelGateway id="f" />${task('ship', 'ship')}${event('intermediateCatchEvent', 'wait', 'paid')}<bpmn:parallelGateway id="j" />${end('ie')}${flows('i', 'f', 'ship', 'j', 'ie')}${flows('f', 'wait', 'j')}</bpmn:subProcess>` +
    end() +
    flows('s', 'reserve', 'sub', 'e'),
  { root },
);

/** Works all jobs of the model, and counts how often each element was worked. */
function workAll(at: Bench, counts: Map<string, number>): void {
  for (const type of ['reserve', 'ship']) {
    at.work(type, (job) => {
      counts.set(job.elementId, (counts.get(job.elementId) ?? 0) + 1);
      return { action: 'complete', variables: { ok: true } };
    });
  }
}

describe('after a restart', () => {
  test('an instance goes on wherever it was killed, and nothing happens twice', async () => {
    for (let turns = 0; turns < 12; turns += 1) {
      const first = bench();
      const counts = new Map<string, number>();
      await first.deploy(order);
      const variables = { orderId: 'A' };
      const started = await first.publish('go', '', { variables, messageId: 'm', timeToLiveMs: 9 });
      await first.publish('paid', 'A', { timeToLiveMs: 60_000 });
      workAll(first, counts);
      for (let turn = 0; turn < turns; turn += 1) await new Promise((done) => setImmediate(done));
      const again = first.restart();
      expect(await again.publish('go', '', { variables, messageId: 'm', timeToLiveMs: 9 })).toEqual(
        {
          status: 'duplicate',
          first: started,
        },
      );
      workAll(again, counts);
      await again.settled();
      expect(await again.only()).toMatchObject({
        key: 'processInstanceKey' in started ? started.processInstanceKey : '',
        state: 'completed',
        variables: { orderId: 'A', reserved: true },
      });
      for (const count of counts.values()) expect(count).toBeLessThanOrEqual(2);
    }
  });

  test('back-off, incidents, subscriptions, joins and locks are as they were', async () => {
    const first = bench();
    await first.deploy(order);
    const variables = { orderId: 'A' };
    await first.publish('go', 'lock', { variables });
    first.work('reserve', () => ({ action: 'complete', variables: { ok: 1 } }));
    first.work('ship', () => ({
      action: 'fail',
      retries: 1,
      errorMessage: 'busy',
      retryBackoffMs: 10_000,
    }));
    await first.settled();
    const second = first.restart();
    expect((await second.publish('go', 'lock', { variables })).status).toBe('accepted');
    expect((await second.publish('paid', 'A')).status).toBe('correlated');
    const jobs = second.work('ship', () => ({ action: 'fail', retries: 0, errorMessage: 'gone' }));
    await second.settled();
    expect(jobs).toEqual([]);
    second.clock.advance(10_000);
    await second.settled();
    expect(jobs).toHaveLength(1);
    const third = second.restart();
    const [incident] = (await third.engine.incidents({})).items;
    expect(incident).toMatchObject({ code: 'JOB_NO_RETRIES', message: 'gone', elementId: 'ship' });
    expect((await third.only()).state).toBe('incident');
    third.work('ship', () => ({ action: 'complete' }));
    await third.engine.resolveIncident(incident?.key ?? '');
    await third.settled();
    expect(await third.only()).toMatchObject({
      state: 'completed',
      variables: { orderId: 'A', reserved: 1 },
    });
    expect((await third.publish('go', 'lock')).status).toBe('correlated');
  });

  test('who has waited longest for a message or a worker comes first, as before', async () => {
    const at = bench();
    const wait = (id: string) => event('intermediateCatchEvent', `wait-${id}`, id);
    await at.deploy(
      model(
        start() +
          wait('go') +
          wait('all') +
          task('a', 't') +
          flows('s', 'wait-go', 'wait-all', 'a'),
        {
          root: message('go', '=n') + message('all', '="k"'),
        },
      ),
    );
    for (const n of [1, 2, 3]) await at.start({ n });
    for (const n of ['3', '1', '2']) await at.publish('go', n);
    const second = at.restart();
    for (let n = 0; n < 3; n += 1) await second.publish('all', 'k');
    const third = second.restart();
    const jobs = third.work('t', () => ({ action: 'complete' }));
    await third.settled();
    expect(jobs.map(({ variables }) => variables['n'])).toEqual([3, 1, 2]);
  });

  test('a job that was in hand is handed out again', async () => {
    const first = bench();
    await first.deploy(order);
    first.engine.work(
      { type: 'reserve', maxActive: 1, timeoutMs: 1000 },
      () => new Promise(() => {}),
    );
    await first.publish('go', '', { variables: { orderId: 'A' } });
    await first.settled();
    const again = first.restart();
    const jobs = again.work('reserve', () => ({ action: 'complete' }));
    await again.settled();
    expect(jobs).toHaveLength(1);
  });

  test('kept messages are there until their time is over, also if that was in between', async () => {
    const first = bench();
    await first.publish('paid', 'A', { timeToLiveMs: 1000 });
    await first.publish('paid', 'A', { timeToLiveMs: 5000, variables: { n: 2 } });
    first.clock.advance(500);
    const disk = first.journal.disk;
    first.clock.advance(600);
    const again = first.restart();
    await again.settled();
    expect(disk.get('engine.message')?.size).toBe(1);
    again.clock.advance(5000);
    await again.settled();
    expect(disk.get('engine.message')?.size).toBe(0);
  });
});

describe('an idempotency key of a start', () => {
  const xml = model(start() + task('a', 't') + flows('s', 'a'));

  test('starts one instance, however often and however close together it comes', async () => {
    const at = bench();
    await at.deploy(xml);
    const once = () => at.start({}, { idempotencyKey: 'k' });
    const [first, ...others] = await Promise.all([once(), once(), once()]);
    expect(first?.status).toBe('started');
    for (const other of [...others, await once()]) {
      expect(other).toEqual({ status: 'duplicate', first });
    }
    expect(await at.instances()).toHaveLength(1);
    const again = at.restart();
    expect((await again.start({}, { idempotencyKey: 'k' })).status).toBe('duplicate');
    expect((await again.start({}, { idempotencyKey: 'l' })).status).toBe('started');
  });

  test('is forgotten after 25 hours', async () => {
    const at = bench();
    await at.deploy(xml);
    await at.start({}, { idempotencyKey: 'k' });
    at.clock.advance(25 * 3_600_000 - 1);
    expect((await at.start({}, { idempotencyKey: 'k' })).status).toBe('duplicate');
    at.clock.advance(1);
    expect((await at.start({}, { idempotencyKey: 'k' })).status).toBe('started');
    at.clock.advance(26 * 3_600_000);
    await at.settled();
    expect(at.journal.disk.get('engine.start')?.size).toBe(0);
  });

  test('of a start that was rejected is free', async () => {
    const at = bench();
    expect((await at.start({}, { idempotencyKey: 'k' })).status).toBe('rejected');
    await at.deploy(xml);
    expect((await at.start({}, { idempotencyKey: 'k' })).status).toBe('started');
  });
});

describe('group commit', () => {
  test('what is asked for in one turn is one transaction', async () => {
    const at = bench();
    await at.deploy(order);
    const before = at.journal.transactions();
    await Promise.all(Array.from({ length: 100 }, () => at.publish('go', '')));
    expect(at.journal.transactions() - before).toBe(1);
  });

  test('an instance that begins and ends in one turn leaves only what it ended with', async () => {
    const at = bench();
    await at.deploy(model(start() + end() + flows('s', 'e')));
    await at.start({ x: 1 });
    expect(at.journal.disk.get('engine.instance')?.size ?? 0).toBe(0);
    expect(at.journal.disk.get('engine.ended')?.size).toBe(1);
  });
});

describe('when the journal fails', () => {
  test('nobody is told a success, no job goes out, and health says so', async () => {
    const at = bench();
    await at.deploy(order);
    const jobs = at.work('reserve', () => ({ action: 'complete' }));
    await at.settled();
    expect(await at.engine.health()).toEqual({ status: 'up' });
    at.journal.breakDown();
    const outcomes = await Promise.all([
      at.publish('go', ''),
      at.publish('x', '', { timeToLiveMs: 9 }),
    ]);
    for (const outcome of [...outcomes, await at.publish('go', '')]) {
      expect(outcome).toMatchObject({ status: 'unavailable', code: 'CONNECTION' });
    }
    await at.settled();
    expect(jobs).toEqual([]);
    expect(await at.engine.health()).toEqual({
      status: 'down',
      reason: 'the journal could not be written',
    });
  });
});

test('what operators are shown is durable: a kill right after takes nothing of it back', async () => {
  const at = bench();
  await at.deploy(
    model(start() + task('a', 't') + task('b', 'u') + end() + flows('s', 'a', 'b', 'e')),
  );
  await at.start();
  const { key } = await at.only();
  at.work('t', () => ({ action: 'complete' }));
  const isAtB = ({ elements }: InstanceView): boolean => elements[0]?.elementId === 'b';
  while (!isAtB(await at.only()));
  const again = at.restart();
  expect(await again.engine.instance(key)).toMatchObject({ elements: [{ elementId: 'b' }] });
});

describe('closing', () => {
  test('waits for what is being written, and takes nothing more', async () => {
    const at = bench();
    await at.deploy(order);
    const sent = at.publish('go', '', { variables: { orderId: 'A' } });
    await at.engine.close();
    expect((await sent).status).toBe('correlated');
    expect(at.journal.disk.get('engine.instance')?.size).toBe(1);
    expect((await at.publish('go', '')).status).toBe('unavailable');
    expect((await at.engine.health()).status).toBe('down');
    await at.engine.close();
  });
});

test('on the real journal an instance survives closing and opening', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  const xml = model(
    start() +
      task('a', 't') +
      event('intermediateCatchEvent', 'c', 'paid') +
      end() +
      flow('s', 'a') +
      flows('a', 'c', 'e'),
    { root },
  );
  try {
    for (const step of ['deploy', 'job', 'message'] as const) {
      const journal = await openJournal(folder);
      const engine = createEngine({ journal });
      if (step === 'deploy') {
        await engine.deploy([{ name: 'a.bpmn', content: xml }]);
        const variables = { orderId: 'A\u0000\ud83d\udca5', text: '\u0000' };
        await engine.send({ kind: 'start', processId: 'p', elementId: 's', variables });
      } else if (step === 'job') {
        await new Promise<void>((resolve) => {
          engine.work({ type: 't', maxActive: 1, timeoutMs: 1000 }, async () => {
            setImmediate(resolve);
            return { action: 'complete', variables: { done: true } };
          });
        });
      } else {
        const correlationKey = 'A\u0000\ud83d\udca5';
        await engine.send({ kind: 'publish', messageName: 'paid', correlationKey, variables: {} });
        const [view] = (await engine.instances({})).items;
        expect(view).toMatchObject({
          state: 'completed',
          variables: { orderId: correlationKey, text: '\u0000', done: true },
        });
      }
      await engine.close();
      await journal.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
