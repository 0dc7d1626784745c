import type { Clock, JsonObject } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { createEngine } from '../src/index.ts';
import { createMessageStore, type Message } from '../src/messages/message-store.ts';
import { bench } from './bench.ts';
import { memoryJournal } from './memory-journal.ts';
import { end, event, flow, flows, message, model, start, task } from './model.ts';

const root = message('start') + message('paid', '=orderId');
const catching = model(
  start() + event('intermediateCatchEvent', 'wait', 'paid') + end() + flows('s', 'wait', 'e'),
  { root },
);
const byMessage = model(
  event('startEvent', 's', 'start') + task('a', 't') + end() + flows('s', 'a', 'e'),
  { root },
);

const states = (instances: readonly { readonly state: string }[]): readonly string[] =>
  instances.map(({ state }) => state);

describe('a message that is published', () => {
  test('completes the catch event that waits for its name and key, with its variables', async () => {
    const at = bench();
    await at.deploy(catching);
    const started = await at.start({ orderId: 'A1' });
    await at.start({ orderId: 'A2' });
    const outcome = await at.publish('paid', 'A1', { variables: { amount: 5 } });
    expect(outcome).toMatchObject({
      status: 'correlated',
      processInstanceKey: 'processInstanceKey' in started ? started.processInstanceKey : '',
    });
    expect(await at.publish('paid', 'A3')).toMatchObject({ status: 'accepted' });
    expect(states(await at.instances())).toEqual(['active', 'completed']);
    expect((await at.instances())[1]?.variables).toEqual({ orderId: 'A1', amount: 5 });
  });

  test('completes a receive task, and its output mapping says what of it goes up', async () => {
    const at = bench();
    const receive = `<bpmn:receiveTask id="r" messageRef="paid"><bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=amount" target="payment.amount" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:receiveTask>`;
    await at.deploy(model(start() + receive + end() + flows('s', 'r', 'e'), { root }));
    await at.start({ orderId: 7 });
    expect(await at.publish('paid', '7', { variables: { amount: 5, secret: 1 } })).toMatchObject({
      status: 'correlated',
    });
    expect((await at.only()).variables).toEqual({ orderId: 7, payment: { amount: 5 } });
  });

  test('is kept for its time to live and comes in when somebody waits, oldest first', async () => {
    const at = bench();
    await at.deploy(catching);
    await at.publish('paid', 'A', { timeToLiveMs: 1000, variables: { n: 1 } });
    await at.publish('paid', 'A', { timeToLiveMs: 5000, variables: { n: 2 } });
    await at.publish('paid', 'A', { variables: { n: 3 } });
    at.clock.advance(1000);
    await at.start({ orderId: 'A' });
    expect((await at.only()).variables).toEqual({ orderId: 'A', n: 2 });
    await at.start({ orderId: 'A' });
    expect(states(await at.instances())).toEqual(['active', 'completed']);
  });

  test('correlates once per process, with any number of processes', async () => {
    const at = bench();
    const other = catching.replace('process id="p"', 'process id="q"');
    await at.deploy(catching, other);
    const variables = { orderId: 'A' };
    await at.start(variables);
    await at.start(variables);
    await at.start(variables, { processId: 'q' });
    await at.publish('paid', 'A', { timeToLiveMs: 1000 });
    await at.start(variables, { processId: 'q' });
    expect(states(await at.instances())).toEqual(['active', 'completed', 'active', 'completed']);
  });

  test('with an id it had before is a duplicate while the first is kept, and tells what that led to', async () => {
    const at = bench();
    await at.deploy(byMessage);
    const command = { messageId: 'm1', timeToLiveMs: 1000 };
    const first = await at.publish('start', '', command);
    expect(await at.publish('start', '', command)).toEqual({ status: 'duplicate', first });
    expect(first.status).toBe('correlated');
    expect(await at.publish('start', '', { ...command, messageId: 'm2' })).toMatchObject({
      status: 'correlated',
    });
    expect(await at.publish('start', 'k', command)).toMatchObject({ status: 'correlated' });
    at.clock.advance(1000);
    expect(await at.publish('start', '', command)).toMatchObject({ status: 'correlated' });
    expect(await at.instances()).toHaveLength(4);
  });

  test('to a name that nobody knows is accepted', async () => {
    const at = bench();
    expect(await at.publish('nobody', 'x', { timeToLiveMs: 10 })).toMatchObject({
      status: 'accepted',
    });
  });

  test('is refused for now when too many are kept', async () => {
    const at = bench({ keptMessages: 1 });
    await at.publish('x', '', { timeToLiveMs: 100 });
    expect(await at.publish('x', '', { timeToLiveMs: 100 })).toMatchObject({
      status: 'unavailable',
      code: 'BACKPRESSURE',
    });
    at.clock.advance(100);
    expect((await at.publish('x', '', { timeToLiveMs: 100 })).status).toBe('accepted');
  });

  test('is refused for now when those that are kept are too long together', async () => {
    const at = bench({ keptMessagesLength: 1000 });
    const command = { timeToLiveMs: 100, variables: { text: 'x'.repeat(600) } };
    expect((await at.publish('x', '', command)).status).toBe('accepted');
    expect((await at.publish('x', '', command)).status).toBe('accepted');
    const again = at.restart();
    expect(await again.publish('x', '', command)).toMatchObject({
      status: 'unavailable',
      code: 'BACKPRESSURE',
    });
    expect((await again.publish('x', '', {})).status).toBe('accepted');
    again.clock.advance(100);
    expect((await again.publish('x', '', command)).status).toBe('accepted');
  });

  test('whose time is over before it is kept leaves nothing behind', async () => {
    let now = 0;
    const clock: Clock = { now: () => (now += 1), schedule: () => () => {} };
    const journal = memoryJournal();
    const engine = createEngine({ journal, clock });
    const target = { kind: 'publish', messageName: 'm', correlationKey: 'k' } as const;
    await engine.send({ ...target, variables: {}, timeToLiveMs: 1 });
    expect(journal.disk.get('engine.message')?.size ?? 0).toBe(0);
  });

  test('without a key comes to nobody who waits, as in Zeebe', async () => {
    const at = bench();
    await at.deploy(catching);
    await at.publish('paid', '', { timeToLiveMs: 1000 });
    await at.start({ orderId: '' });
    expect((await at.publish('paid', '')).status).toBe('accepted');
    expect(states(await at.instances())).toEqual(['active']);
  });

  test.each(['a\u0000b', '\u0000', '=x', '__proto__', ' ', '💥', '\ud800'])(
    'may have any text as its key (%j)',
    async (key) => {
      const at = bench();
      await at.deploy(catching);
      await at.start({ orderId: key });
      expect((await at.publish('paid', `${key}x`)).status).toBe('accepted');
      expect((await at.publish('paid', key)).status).toBe('correlated');
    },
  );
});

describe('a message start event', () => {
  test('starts an instance for every message without a key', async () => {
    const at = bench();
    await at.deploy(byMessage);
    for (const n of [1, 2]) await at.publish('start', '', { variables: { n } });
    expect(states(await at.instances())).toEqual(['active', 'active']);
  });

  test('starts one instance per key at a time; the next comes from what is kept when it ends', async () => {
    const at = bench();
    await at.deploy(byMessage);
    const seen: JsonObject[] = [];
    const publish = (n: number, key: string) =>
      at.publish('start', key, { timeToLiveMs: 60_000, variables: { n } });
    expect((await publish(1, 'k')).status).toBe('correlated');
    expect((await publish(2, 'k')).status).toBe('accepted');
    expect((await publish(3, 'other')).status).toBe('correlated');
    expect(await at.instances()).toHaveLength(2);
    at.work('t', ({ variables }) => {
      seen.push(variables);
      return { action: 'complete' };
    });
    await at.settled();
    expect(seen).toEqual([{ n: 1 }, { n: 3 }, { n: 2 }]);
    expect(states(await at.instances())).toEqual(['completed', 'completed', 'completed']);
    expect((await publish(4, 'k')).status).toBe('correlated');
  });

  test('maps what it takes', async () => {
    const at = bench();
    const s = event('startEvent', 's', 'start', { outputs: [['=body.id', 'id']] });
    await at.deploy(model(s + task('a', 't') + flows('s', 'a'), { root }));
    await at.publish('start', '', { variables: { body: { id: 4 } } });
    expect((await at.only()).variables).toEqual({ id: 4 });
  });

  test('counts in the latest version only', async () => {
    const at = bench();
    await at.deploy(byMessage);
    await at.deploy(byMessage.replace('type="t"', 'type="u"'));
    await at.publish('start', '');
    expect((await at.only()).version).toBe(2);
    await at.deploy(model(start() + end() + flows('s', 'e')));
    expect((await at.publish('start', '')).status).toBe('accepted');
  });

  test('and a none start event in one process: only the one that is triggered runs', async () => {
    const at = bench();
    await at.deploy(
      model(
        start('n') +
          event('startEvent', 's', 'start') +
          task('a', 't') +
          task('b', 't') +
          flows('n', 'a') +
          flows('s', 'b'),
        { root },
      ),
    );
    await at.publish('start', '');
    expect((await at.only()).elements).toEqual([{ elementId: 'b', state: 'active' }]);
  });
});

describe('correlate', () => {
  test('finds who waits now, and keeps nothing', async () => {
    const at = bench();
    await at.deploy(catching);
    const correlate = () =>
      at.engine.send({
        kind: 'correlate',
        messageName: 'paid',
        correlationKey: 'A',
        variables: {},
      });
    expect(await correlate()).toEqual({ status: 'no-subscription' });
    await at.start({ orderId: 'A' });
    const { key } = await at.only();
    expect(await correlate()).toMatchObject({ status: 'correlated', processInstanceKey: key });
    expect(await correlate()).toEqual({ status: 'no-subscription' });
  });

  test('waits for the end of the instance where it is told to', async () => {
    const at = bench();
    await at.deploy(byMessage);
    at.work('t', () => ({ action: 'complete', variables: { answer: 42 } }));
    const outcome = await at.engine.send({
      kind: 'correlate',
      messageName: 'start',
      correlationKey: '',
      variables: { question: 'x' },
      awaitResultMs: 1000,
    });
    expect(outcome).toMatchObject({
      status: 'correlated',
      variables: { question: 'x', answer: 42 },
    });
  });
});

describe('a message boundary event', () => {
  const boundary = (attributes: string): string =>
    model(
      start() +
        task('a', 't') +
        event('boundaryEvent', 'b', 'paid', { attributes }) +
        task('after', 'after') +
        end() +
        flows('s', 'a', 'e') +
        flow('b', 'after'),
      { root },
    );

  test('that interrupts ends the task, whose job and result are then dropped', async () => {
    const at = bench();
    await at.deploy(boundary('attachedToRef="a"'));
    let finish = (): void => {};
    let aborted = false;
    at.engine.work({ type: 't', maxActive: 1, timeoutMs: 1000 }, (_, signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise((resolve) => {
        finish = () => resolve({ action: 'complete', variables: { late: true } });
      });
    });
    await at.start({ orderId: 'A' });
    await at.settled();
    expect((await at.publish('paid', 'A', { variables: { why: 'paid' } })).status).toBe(
      'correlated',
    );
    finish();
    await at.settled();
    expect(aborted).toBe(true);
    expect(await at.only()).toMatchObject({
      variables: { orderId: 'A', why: 'paid' },
      elements: [{ elementId: 'after', state: 'active' }],
    });
    expect((await at.publish('paid', 'A')).status).toBe('accepted');
  });

  test('that does not interrupt happens as often as its message comes', async () => {
    const at = bench();
    await at.deploy(boundary('attachedToRef="a" cancelActivity="false"'));
    await at.publish('paid', 'A', { timeToLiveMs: 1000 });
    await at.publish('paid', 'A', { timeToLiveMs: 1000 });
    await at.start({ orderId: 'A' });
    expect((await at.publish('paid', 'A')).status).toBe('correlated');
    const elements = (await at.only()).elements.map(({ elementId }) => elementId);
    expect(elements.toSorted()).toEqual(['a', 'after', 'after', 'after']);
  });

  test('does not interrupt an activity that is completing, as in Zeebe', async () => {
    const at = bench();
    const outputs = [['=assert(ok, ok)', 'ok']] as const;
    await at.deploy(
      boundary('attachedToRef="a"').replace(task('a', 't'), task('a', 't', { outputs })),
    );
    at.work('t', () => ({ action: 'complete' }));
    await at.start({ orderId: 'A' });
    await at.settled();
    expect(await at.incidents()).toEqual(['IO_MAPPING_ERROR']);
    expect((await at.publish('paid', 'A')).status).toBe('accepted');
    expect(await at.incidents()).toEqual(['IO_MAPPING_ERROR']);
  });

  test('interrupts an activity that has an incident, which is then gone', async () => {
    const at = bench();
    await at.deploy(boundary('attachedToRef="a"'));
    at.work('t', () => ({ action: 'fail', retries: 0, errorMessage: 'no' }));
    await at.start({ orderId: 'A' });
    await at.settled();
    expect(await at.incidents()).toEqual(['JOB_NO_RETRIES']);
    await at.publish('paid', 'A');
    expect(await at.incidents()).toEqual([]);
    expect((await at.only()).state).toBe('active');
  });
});

describe('many kept messages of one key', () => {
  test('start one instance after the other, oldest first, without those whose time is over', async () => {
    const at = bench();
    await at.deploy(byMessage);
    for (let n = 0; n < 60; n += 1) {
      const timeToLiveMs = n % 3 === 2 ? 10 : 1000;
      await at.publish('start', 'k', { timeToLiveMs, variables: { n } });
    }
    at.clock.advance(10);
    const jobs = at.work('t', () => ({ action: 'complete' }));
    while (jobs.length < 40) await at.settled();
    await at.publish('start', 'k', { timeToLiveMs: 10, variables: { n: 60 } });
    await at.settled();
    const expected = Array.from({ length: 61 }, (_, n) => n).filter((n) => n % 3 !== 2);
    expect(jobs.map(({ variables }) => variables['n'])).toEqual(expected);
  });

  test('are not looked through for each that comes and goes', () => {
    let looks = 0;
    class Served extends Set<string> {
      override has(processId: string): boolean {
        looks += 1;
        return super.has(processId);
      }
    }
    const store = createMessageStore();
    const keep = (key: number): Message => {
      const fields = { name: 'm', correlationKey: 'k', id: undefined, variables: {}, deadline: 1 };
      const rest = { served: new Served(), firstInstance: undefined, trace: undefined };
      const message = { key: String(key), ...fields, ...rest };
      store.add(message, 1);
      return message;
    };
    for (let n = 0; n < 1000; n += 1) {
      store.serve(keep(n), 'p', '1');
      expect(store.oldestFor('m', 'k', 'p')).toBeUndefined();
    }
    expect(looks).toBeLessThan(5000);
    const last = keep(1000);
    expect(store.oldestFor('m', 'k', 'p')).toBe(last);
    store.remove(last);
    expect(store.oldestFor('m', 'k', 'p')).toBeUndefined();
    expect(store.oldestFor('m', 'k', 'other')?.key).toBe('0');
  });
});

describe('of several kept messages that could end an element', () => {
  const two = message('one', '="k"') + message('two', '="k"');
  const boundary = (id: string): string =>
    event('boundaryEvent', `b-${id}`, id, { attributes: 'attachedToRef="a"' }) +
    task(`after-${id}`, 'x') +
    flow(`b-${id}`, `after-${id}`);
  const keepBoth = async (xml: string) => {
    const at = bench();
    await at.deploy(xml);
    for (const name of ['two', 'one']) await at.publish(name, 'k', { timeToLiveMs: 1000 });
    await at.start();
    return (await at.only()).elements.map(({ elementId }) => elementId);
  };

  test('only one interrupts', async () => {
    const xml = model(
      start() + task('a', 't') + boundary('one') + boundary('two') + flows('s', 'a'),
      {
        root: two,
      },
    );
    expect(await keepBoth(xml)).toEqual(['after-one']);
  });

  test('its own goes before that of a boundary event', async () => {
    const receive = '<bpmn:receiveTask id="a" messageRef="two" />';
    const xml = model(
      start() + receive + boundary('one') + task('normal', 'x') + flows('s', 'a', 'normal'),
      { root: two },
    );
    expect(await keepBoth(xml)).toEqual(['normal']);
  });
});

test.each([
  ['null', {}],
  ['a list', { orderId: [1] }],
  ['true', { orderId: true }],
])('a correlation key that is %s is an incident', async (_, variables: JsonObject) => {
  const at = bench();
  await at.deploy(catching);
  await at.start(variables);
  expect(await at.incidents()).toEqual(['EXTRACT_VALUE_ERROR']);
});
