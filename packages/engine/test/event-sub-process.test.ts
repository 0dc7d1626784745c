import { describe, expect, test } from '@jest/globals';
import { type Bench, bench } from './bench.ts';
import {
  end,
  error,
  errorBoundary,
  errorStart,
  event,
  eventSubProcess,
  flows,
  io,
  message,
  model,
  start,
  task,
} from './model.ts';

const root = message('stop', '=orderId') + message('note', '=orderId') + error('boom', 'BOOM');
const nonInterrupting = 'isInterrupting="false"';

/** An event sub-process with one job, whose elements are called after it. */
const handler = (id: string, startEvent: string, extensions?: string): string =>
  eventSubProcess(
    id,
    startEvent +
      task(`${id}-job`, `${id}-job`) +
      end(`${id}-end`) +
      flows(`${id}-s`, `${id}-job`, `${id}-end`),
    extensions,
  );
const onStop = (mappings = {}): string => event('startEvent', 'halt-s', 'stop', mappings);
const onNote = (): string => event('startEvent', 'log-s', 'note', { attributes: nonInterrupting });

const main = start() + task('a', 'a') + end() + flows('s', 'a', 'e');
const subProcess = (content: string, extensions = ''): string =>
  `<bpmn:subProcess id="sub">${extensions}${start('i')}${task('a', 'a')}${end('ie')}${flows('i', 'a', 'ie')}${content}</bpmn:subProcess>`;
const nested = (content: string, around = '', extensions = ''): string =>
  model(start() + subProcess(content, extensions) + end() + flows('s', 'sub', 'e') + around, {
    root,
  });

const live = async (at: Bench): Promise<readonly string[]> =>
  (await at.only()).elements.map(({ elementId }) => elementId).toSorted();

const complete = (at: Bench, type: string) => at.work(type, () => ({ action: 'complete' }));
const fail = (at: Bench, type: string, errorCode = 'BOOM') =>
  at.work(type, () => ({ action: 'throwError', errorCode, variables: { why: errorCode } }));

/** Deploys and starts. */
const running = async (xml: string, variables = {}): Promise<Bench> => {
  const at = bench();
  await at.deploy(xml);
  await at.start({ orderId: 'A', ...variables });
  await at.settled();
  return at;
};

describe('a message that interrupts the process', () => {
  const xml = model(main + handler('halt', onStop()), { root });

  test('ends all else in it and goes on in the event sub-process', async () => {
    const at = await running(xml);
    const outcome = await at.publish('stop', 'A', { variables: { reason: 'late' } });
    expect(outcome.status).toBe('correlated');
    expect(await live(at)).toEqual(['halt', 'halt-job']);
    const jobs = complete(at, 'a');
    complete(at, 'halt-job');
    await at.settled();
    expect(jobs).toEqual([]);
    expect(await at.only()).toMatchObject({
      state: 'completed',
      variables: { orderId: 'A', reason: 'late' },
    });
  });

  test('does so once', async () => {
    const at = await running(xml);
    await at.publish('stop', 'A');
    expect((await at.publish('stop', 'A')).status).toBe('accepted');
    expect(await live(at)).toEqual(['halt', 'halt-job']);
  });

  test('takes no result of a job that it cancelled', async () => {
    const at = await running(xml);
    let finish = (): void => undefined;
    at.work(
      'a',
      () =>
        new Promise((done) => (finish = () => done({ action: 'complete', variables: { a: 1 } }))),
    );
    await at.settled();
    await at.publish('stop', 'A');
    finish();
    await at.settled();
    expect(await live(at)).toEqual(['halt', 'halt-job']);
    expect((await at.only()).variables).toEqual({ orderId: 'A' });
  });

  test('that was kept comes in as soon as the instance is under way', async () => {
    const at = bench();
    await at.deploy(xml);
    await at.publish('stop', 'A', { timeToLiveMs: 1000 });
    await at.start({ orderId: 'A' });
    expect(await live(at)).toEqual(['halt', 'halt-job']);
  });

  test('finds nobody once the instance has ended', async () => {
    const at = await running(xml);
    complete(at, 'a');
    await at.settled();
    expect((await at.publish('stop', 'A')).status).toBe('accepted');
    expect((await at.only()).state).toBe('completed');
  });

  test('closes the other event sub-processes and ends those that run', async () => {
    const at = await running(
      model(main + handler('log', onNote()) + handler('halt', onStop()), { root }),
    );
    await at.publish('note', 'A');
    expect(await live(at)).toEqual(['a', 'log', 'log-job']);
    await at.publish('stop', 'A');
    expect((await at.publish('note', 'A')).status).toBe('accepted');
    expect(await live(at)).toEqual(['halt', 'halt-job']);
  });

  test('of two that were kept the interrupting one lets the other in no more', async () => {
    const at = bench();
    await at.deploy(model(main + handler('halt', onStop()) + handler('log', onNote()), { root }));
    await at.publish('note', 'A', { timeToLiveMs: 1000 });
    await at.publish('stop', 'A', { timeToLiveMs: 1000 });
    await at.start({ orderId: 'A' });
    expect(await live(at)).toEqual(['halt', 'halt-job']);
  });
});

describe('a message that does not interrupt', () => {
  const xml = model(main + handler('log', onNote()), { root });

  test('starts the event sub-process once for each, and the instance ends after all of them', async () => {
    const at = await running(xml);
    await at.publish('note', 'A');
    await at.publish('note', 'A');
    expect(await live(at)).toEqual(['a', 'log', 'log', 'log-job', 'log-job']);
    complete(at, 'a');
    await at.settled();
    expect(await live(at)).toEqual(['log', 'log', 'log-job', 'log-job']);
    complete(at, 'log-job');
    await at.settled();
    expect((await at.only()).state).toBe('completed');
  });

  test('still does when only an event sub-process is left', async () => {
    const at = await running(xml);
    await at.publish('note', 'A');
    complete(at, 'a');
    await at.settled();
    expect((await at.publish('note', 'A')).status).toBe('correlated');
    expect(await live(at)).toEqual(['log', 'log', 'log-job', 'log-job']);
  });

  test('starts it once for each that was kept', async () => {
    const at = bench();
    await at.deploy(xml);
    for (const n of [1, 2]) await at.publish('note', 'A', { timeToLiveMs: 1000, variables: { n } });
    await at.start({ orderId: 'A' });
    expect(await live(at)).toEqual(['a', 'log', 'log', 'log-job', 'log-job']);
  });

  test('is cut short by a terminate end event of the scope, while its own ends only itself', async () => {
    const terminate = (id: string): string =>
      `<bpmn:endEvent id="${id}"><bpmn:terminateEventDefinition id="${id}-def" /></bpmn:endEvent>`;
    const at = await running(
      model(
        start() +
          task('a', 'a') +
          terminate('e') +
          flows('s', 'a', 'e') +
          handler('log', onNote()) +
          eventSubProcess(
            'own',
            event('startEvent', 'own-s', 'stop', { attributes: nonInterrupting }) +
              terminate('own-end') +
              flows('own-s', 'own-end'),
          ),
        { root },
      ),
    );
    await at.publish('note', 'A');
    await at.publish('stop', 'A');
    expect(await live(at)).toEqual(['a', 'log', 'log-job']);
    complete(at, 'a');
    await at.settled();
    expect((await at.only()).state).toBe('completed');
  });
});

describe('in an embedded sub-process', () => {
  test('a message is waited for from the entry of the sub-process until its end', async () => {
    const at = bench();
    await at.deploy(
      model(
        start() +
          task('before', 'before') +
          subProcess(handler('halt', onStop())) +
          task('after', 'after') +
          end() +
          flows('s', 'before', 'sub', 'after', 'e'),
        { root },
      ),
    );
    await at.start({ orderId: 'A' });
    expect((await at.publish('stop', 'A')).status).toBe('accepted');
    complete(at, 'before');
    await at.settled();
    expect(await live(at)).toEqual(['a', 'sub']);
    complete(at, 'a');
    await at.settled();
    expect((await at.publish('stop', 'A')).status).toBe('accepted');
    expect(await live(at)).toEqual(['after']);
  });

  test('interrupts that sub-process alone, whose flows are taken afterwards', async () => {
    const at = await running(nested(handler('halt', onStop()), handler('log', onNote())));
    await at.publish('note', 'A');
    await at.publish('stop', 'A');
    expect(await live(at)).toEqual(['halt', 'halt-job', 'log', 'log-job', 'sub']);
    complete(at, 'halt-job');
    complete(at, 'log-job');
    await at.settled();
    expect((await at.only()).state).toBe('completed');
  });

  test('an interruption leaves the boundary events of the sub-process open', async () => {
    const boundary = event('boundaryEvent', 'b', 'note', { attributes: 'attachedToRef="sub"' });
    const at = await running(
      nested(handler('halt', onStop()), boundary + end('b-end') + flows('b', 'b-end')),
    );
    await at.publish('stop', 'A');
    expect((await at.publish('note', 'A')).status).toBe('correlated');
    expect((await at.only()).state).toBe('completed');
  });

  test('closes with the sub-process when a boundary event interrupts that', async () => {
    const boundary = event('boundaryEvent', 'b', 'note', { attributes: 'attachedToRef="sub"' });
    const at = await running(
      nested(handler('halt', onStop()), boundary + task('late', 'late') + flows('b', 'late')),
    );
    await at.publish('note', 'A');
    expect((await at.publish('stop', 'A')).status).toBe('accepted');
    expect(await live(at)).toEqual(['late']);
  });

  test('the key sees the variables of the scope, as they are when it is entered', async () => {
    const at = await running(
      nested(handler('halt', onStop()), '', io({ inputs: [['="inner"', 'orderId']] })),
    );
    expect((await at.publish('stop', 'A')).status).toBe('accepted');
    expect((await at.publish('stop', 'inner')).status).toBe('correlated');
  });
});

describe('the correlation key', () => {
  test('sees what a message start event gives the process', async () => {
    const at = bench();
    const begin = event('startEvent', 's', 'begin', { outputs: [['=id', 'orderId']] });
    await at.deploy(
      model(begin + task('a', 'a') + end() + flows('s', 'a', 'e') + handler('halt', onStop()), {
        root: root + message('begin'),
      }),
    );
    await at.publish('begin', '', { variables: { id: 'A' } });
    expect((await at.publish('stop', 'A')).status).toBe('correlated');
  });

  test('sees a null that the start event writes over an outer variable', async () => {
    const at = bench();
    const inner = io({ outputs: [['=null', 'key']] });
    const sub = `<bpmn:subProcess id="sub"><bpmn:startEvent id="in">${inner}</bpmn:startEvent>${task('a', 't')}${flows('in', 'a')}${eventSubProcess('ev', event('startEvent', 'es', 'm'))}</bpmn:subProcess>`;
    await at.deploy(model(start() + sub + flows('s', 'sub'), { root: message('m', '=key') }));
    await at.start({ key: 'outer' });
    expect(await at.incidents()).toEqual(['EXTRACT_VALUE_ERROR']);
  });

  test('that is null is an incident at the start event of the scope, and goes on once resolved', async () => {
    const key = '=if now() < date and time("2026-01-01T00:01:00Z") then null else "A"';
    const at = bench();
    await at.deploy(model(main + handler('halt', onStop()), { root: message('stop', key) }));
    await at.start();
    expect(await at.incidents()).toEqual(['EXTRACT_VALUE_ERROR']);
    expect((await at.only()).elements).toEqual([{ elementId: 's', state: 'incident' }]);
    expect((await at.publish('stop', 'A')).status).toBe('accepted');
    at.clock.advance(120_000);
    const [incident] = (await at.engine.incidents({})).items;
    await at.engine.resolveIncident(incident?.key ?? '');
    expect(await live(at)).toEqual(['a']);
    expect((await at.publish('stop', 'A')).status).toBe('correlated');
  });
});

describe('the variables of the event', () => {
  test('go to the nearest scope that has them, else to the process', async () => {
    const at = await running(
      model(
        main +
          handler(
            'halt',
            onStop(),
            io({ inputs: [['="own"', 'mine']], outputs: [['=mine', 'seen']] }),
          ),
        { root },
      ),
    );
    await at.publish('stop', 'A', { variables: { mine: 'event', other: 1 } });
    complete(at, 'halt-job');
    await at.settled();
    expect((await at.only()).variables).toEqual({ orderId: 'A', other: 1, seen: 'event' });
  });

  test('stay at the start event when that has output mappings, which say what goes up', async () => {
    const at = await running(
      model(main + handler('halt', onStop({ outputs: [['=reason', 'why']] })), { root }),
    );
    await at.publish('stop', 'A', { variables: { reason: 'late', secret: 1 } });
    complete(at, 'halt-job');
    await at.settled();
    expect((await at.only()).variables).toEqual({ orderId: 'A', why: 'late' });
  });

  test('wait, also over a restart, while an input mapping has an incident', async () => {
    const mapping = '=assert(1, now() > date and time("2026-01-01T00:01:00Z"))';
    const first = await running(
      model(main + handler('halt', onStop(), io({ inputs: [[mapping, 'x']] })), { root }),
    );
    await first.publish('stop', 'A', { variables: { reason: 'late' } });
    const again = first.restart();
    expect(await again.incidents()).toEqual(['IO_MAPPING_ERROR']);
    expect((await again.only()).variables).toEqual({ orderId: 'A' });
    again.clock.advance(120_000);
    const [incident] = (await again.engine.incidents({})).items;
    await again.engine.resolveIncident(incident?.key ?? '');
    expect(await live(again)).toEqual(['halt', 'halt-job']);
    expect((await again.only()).variables).toEqual({ orderId: 'A', reason: 'late' });
  });
});

describe('an error', () => {
  const caught = (id: string, code?: string): string => handler(id, errorStart(`${id}-s`, code));
  const boundary = (code?: string): string =>
    errorBoundary('b', 'sub', code) + task('rescue', 'rescue') + flows('b', 'rescue');
  const ends = `<bpmn:subProcess id="sub">${start('i')}<bpmn:endEvent id="x"><bpmn:errorEventDefinition id="x-def" errorRef="boom" /></bpmn:endEvent>${flows('i', 'x')}${caught('c', 'boom')}</bpmn:subProcess>`;

  test('of a job starts the event sub-process of its scope, with its variables', async () => {
    const at = await running(model(main + caught('c', 'boom'), { root }));
    fail(at, 'a');
    await at.settled();
    expect(await live(at)).toEqual(['c', 'c-job']);
    expect((await at.only()).variables).toEqual({ orderId: 'A', why: 'BOOM' });
    complete(at, 'c-job');
    await at.settled();
    expect((await at.only()).state).toBe('completed');
  });

  test('of an end event does too', async () => {
    const at = await running(model(start() + ends + end() + flows('s', 'sub', 'e'), { root }));
    expect(await live(at)).toEqual(['c', 'c-job', 'sub']);
  });

  test('goes to the boundary event of the activity before the event sub-process around it', async () => {
    const own = errorBoundary('b', 'a', 'boom') + task('rescue', 'rescue') + flows('b', 'rescue');
    const at = await running(model(main + own + caught('c', 'boom'), { root }));
    fail(at, 'a');
    await at.settled();
    expect(await live(at)).toEqual(['rescue']);
  });

  test('goes to the event sub-process before the boundary event of its sub-process', async () => {
    const at = await running(nested(caught('c', 'boom'), boundary('boom')));
    fail(at, 'a');
    await at.settled();
    expect(await live(at)).toEqual(['c', 'c-job', 'sub']);
  });

  test('goes to a boundary event of its code before an event sub-process that catches all', async () => {
    const at = await running(nested(caught('c'), boundary('boom')));
    fail(at, 'a');
    await at.settled();
    expect(await live(at)).toEqual(['rescue']);
  });

  test('goes to the innermost scope that catches it, even if one further out has its code', async () => {
    const at = await running(nested(caught('c'), caught('outer', 'boom')));
    fail(at, 'a');
    await at.settled();
    expect(await live(at)).toEqual(['c', 'c-job', 'sub']);
  });

  test('passes a scope that does not catch its code', async () => {
    const at = await running(nested(caught('c', 'boom'), caught('outer')));
    fail(at, 'a', 'OTHER');
    await at.settled();
    expect(await live(at)).toEqual(['outer', 'outer-job']);
  });

  test('in an interrupting event sub-process is caught by nothing around it', async () => {
    const at = await running(nested(caught('c', 'boom') + handler('halt', onStop()), boundary()));
    await at.publish('stop', 'A');
    fail(at, 'halt-job');
    await at.settled();
    expect(await at.incidents()).toEqual(['UNHANDLED_ERROR_EVENT']);
    expect(await live(at)).toEqual(['halt', 'halt-job', 'sub']);
  });

  test('in one that does not interrupt is caught by its sibling', async () => {
    const at = await running(
      model(main + caught('c', 'boom') + handler('log', onNote()), { root }),
    );
    await at.publish('note', 'A');
    fail(at, 'log-job');
    await at.settled();
    expect(await live(at)).toEqual(['c', 'c-job']);
  });
});

describe('an event sub-process in an event sub-process', () => {
  test('is waited for while the outer one runs', async () => {
    const at = await running(
      model(
        main +
          eventSubProcess(
            'halt',
            onStop() +
              task('halt-job', 'halt-job') +
              end('halt-end') +
              flows('halt-s', 'halt-job', 'halt-end') +
              handler('log', onNote()),
          ),
        { root },
      ),
    );
    expect((await at.publish('note', 'A')).status).toBe('accepted');
    await at.publish('stop', 'A');
    expect((await at.publish('note', 'A')).status).toBe('correlated');
    expect(await live(at)).toEqual(['halt', 'halt-job', 'log', 'log-job']);
  });
});

describe('after a restart', () => {
  test('messages are waited for, in the process and in its sub-process, as before', async () => {
    const first = await running(nested(handler('halt', onStop()), handler('log', onNote())));
    const second = first.restart();
    expect((await second.publish('note', 'A')).status).toBe('correlated');
    const third = second.restart();
    expect((await third.publish('stop', 'A')).status).toBe('correlated');
    const fourth = third.restart();
    expect((await fourth.publish('stop', 'A')).status).toBe('accepted');
    expect(await live(fourth)).toEqual(['halt', 'halt-job', 'log', 'log-job', 'sub']);
    complete(fourth, 'halt-job');
    complete(fourth, 'log-job');
    await fourth.settled();
    expect((await fourth.only()).state).toBe('completed');
  });

  test('an interrupted scope still catches no error', async () => {
    const first = await running(
      model(main + handler('halt', onStop()) + handler('c', errorStart('c-s')), { root }),
    );
    await first.publish('stop', 'A');
    const again = first.restart();
    fail(again, 'halt-job');
    await again.settled();
    expect(await again.incidents()).toEqual(['UNHANDLED_ERROR_EVENT']);
  });

  test('the instance goes on wherever it was killed, and the event has come in once', async () => {
    for (let turns = 0; turns < 16; turns += 1) {
      const first = bench({ stepsPerTurn: 1 });
      await first.deploy(nested(handler('halt', onStop({ outputs: [['=n', 'n']] }))));
      await first.publish('stop', 'A', { timeToLiveMs: 60_000, variables: { n: turns } });
      const started = first.start({ orderId: 'A' }, { idempotencyKey: 'one' });
      started.catch(() => undefined);
      const jobs = [complete(first, 'halt-job')];
      for (let turn = 0; turn < turns; turn += 1) await new Promise((done) => setImmediate(done));
      const again = first.restart();
      jobs.push(complete(again, 'halt-job'));
      await again.start({ orderId: 'A' }, { idempotencyKey: 'one' });
      await again.settled();
      expect(await again.only()).toMatchObject({
        state: 'completed',
        variables: { orderId: 'A', n: turns },
      });
      expect(new Set(jobs.flat().map(({ key }) => key)).size).toBe(1);
      await again.engine.close();
    }
  });
});
