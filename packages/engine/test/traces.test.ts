import type { Job, TraceContext } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { type Bench, bench } from './bench.ts';
import { end, event, flows, message, model, start, task } from './model.ts';

const root = message('go') + message('paid', '=orderId');
const body = task('a', 't') + event('intermediateCatchEvent', 'wait', 'paid') + task('b', 't');
const path = flows('s', 'a', 'wait', 'b', 'e');
const byMessage = model(event('startEvent', 's', 'go') + body + end() + path, { root });
const plain = model(start() + body + end() + path, { root });

const traced = (digit: string): TraceContext => ({
  traceparent: `00-${digit.repeat(32)}-${digit.repeat(16)}-01`,
  tracestate: `shop=${digit}`,
});
const [first, second] = [traced('1'), traced('2')];

const completeAll = (at: Bench): Job[] => at.work('t', () => ({ action: 'complete' }));

describe('the trace of an event', () => {
  test('is the one of the jobs that follow, until another event brings its own', async () => {
    const at = bench();
    await at.deploy(plain);
    const jobs = completeAll(at);
    await at.start({ orderId: 'A' }, { trace: first });
    await at.settled();
    await at.publish('paid', 'A', { trace: second });
    await at.settled();
    expect(jobs.map(({ elementId, trace }) => [elementId, trace])).toEqual([
      ['a', first],
      ['b', second],
    ]);
  });

  test('stays where the next event has none, and over a restart', async () => {
    const at = bench();
    await at.deploy(byMessage);
    await at.publish('go', '', { variables: { orderId: 'A' }, trace: first });
    await at.settled();
    const again = at.restart();
    const jobs = completeAll(again);
    await again.settled();
    await again.publish('paid', 'A');
    await again.settled();
    expect(jobs.map(({ trace }) => trace)).toEqual([first, first]);
  });

  test('is kept with a message that nobody waits for yet, over a restart', async () => {
    const at = bench();
    await at.deploy(plain);
    await at.publish('paid', 'A', { trace: second, timeToLiveMs: 60_000 });
    const again = at.restart();
    const jobs = completeAll(again);
    await again.start({ orderId: 'A' });
    await again.settled();
    expect(jobs.map(({ trace }) => trace)).toEqual([undefined, second]);
  });

  test('is not there where no event brought one', async () => {
    const at = bench();
    await at.deploy(plain);
    const jobs = completeAll(at);
    await at.start({ orderId: 'A' });
    await at.settled();
    expect(jobs.map((job) => 'trace' in job)).toEqual([false]);
  });
});
