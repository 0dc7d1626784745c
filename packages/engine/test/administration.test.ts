import type { Command, JsonObject } from '@bpmn-connectors/sdk';
import { manualClock } from '@bpmn-connectors/testing';
import { describe, expect, test } from '@jest/globals';
import { awaitEnd } from '../src/commands/await-end.ts';
import { compileResource } from '../src/deployments/compile-resource.ts';
import { ProcessInstance } from '../src/state/process-instance.ts';
import { bench } from './bench.ts';
import { end, event, flows, message, model, start, task } from './model.ts';

const waiting = model(start() + task('a', 't') + end() + flows('s', 'a', 'e'));
const passing = model(start() + end() + flows('s', 'e'), { id: 'q' });

describe('instances', () => {
  test('are listed youngest first, page by page, by process and state', async () => {
    const at = bench();
    await at.deploy(waiting, passing);
    for (let n = 0; n < 3; n += 1) {
      await at.start({ n });
      await at.start({ n }, { processId: 'q' });
    }
    const { engine } = at;
    const first = await engine.instances({ limit: 4 });
    expect(first.items.map(({ processId, variables }) => [processId, variables['n']])).toEqual([
      ['q', 2],
      ['p', 2],
      ['q', 1],
      ['p', 1],
    ]);
    const rest = await engine.instances({ limit: 4, cursor: first.cursor ?? '' });
    expect(rest.items.map(({ processId, variables }) => [processId, variables['n']])).toEqual([
      ['q', 0],
      ['p', 0],
    ]);
    expect(rest.cursor).toBeNull();
    expect((await engine.instances({ processId: 'p' })).items).toHaveLength(3);
    expect((await engine.instances({ state: 'completed' })).items).toHaveLength(3);
    expect((await engine.instances({ state: 'active', processId: 'q' })).items).toEqual([]);
  });

  test('are shown one by one, ended ones too', async () => {
    const at = bench();
    await at.deploy(waiting, passing);
    const started = new Date(at.clock.now()).toISOString();
    await at.start({ x: 1 });
    const { key } = await at.only();
    expect(await at.engine.instance(key)).toEqual({
      key,
      processId: 'p',
      version: 1,
      state: 'active',
      variables: { x: 1 },
      startedAt: started,
      elements: [{ elementId: 'a', state: 'active' }],
    });
    at.work('t', () => ({ action: 'complete' }));
    at.clock.advance(1000);
    await at.settled();
    expect(await at.engine.instance(key)).toEqual({
      key,
      processId: 'p',
      version: 1,
      state: 'completed',
      variables: { x: 1 },
      startedAt: started,
      endedAt: new Date(at.clock.now()).toISOString(),
      elements: [],
    });
    expect(await at.engine.instance('nothing')).toBeUndefined();
  });

  test('that ended are kept for a time, and at most so many', async () => {
    const at = bench({ endedInstances: 2, endedRetentionMs: 1000 });
    await at.deploy(passing);
    const startOne = async (n: number) => {
      await at.start({ n }, { processId: 'q' });
      at.clock.advance(100);
    };
    for (const n of [1, 2, 3]) await startOne(n);
    const kept = async () => (await at.instances()).map(({ variables }) => variables['n']);
    expect(await kept()).toEqual([3, 2]);
    at.clock.advance(800);
    await at.settled();
    expect(await kept()).toEqual([3]);
    const again = at.restart();
    expect((await again.instances()).map(({ variables }) => variables['n'])).toEqual([3]);
    again.clock.advance(100);
    await again.settled();
    expect(await again.instances()).toEqual([]);
    expect(again.journal.disk.get('engine.ended')?.size).toBe(0);
  });
});

test('incidents are listed by instance, youngest first', async () => {
  const at = bench();
  await at.deploy(waiting);
  at.work('t', () => ({ action: 'fail', retries: 0, errorMessage: 'no' }));
  await at.start();
  await at.settled();
  await at.start();
  await at.settled();
  const [second, first] = (await at.engine.incidents({})).items;
  expect(second?.key).not.toBe(first?.key);
  const only = await at.engine.incidents({ instanceKey: first?.instanceKey ?? '' });
  expect(only.items).toEqual([first]);
  const page = await at.engine.incidents({ limit: 1 });
  expect(page.items).toEqual([second]);
  expect((await at.engine.incidents({ cursor: page.cursor ?? '' })).items).toEqual([first]);
  expect((await at.engine.instances({ state: 'incident' })).items).toHaveLength(2);
});

test('an incident cannot be resolved once the engine is closed', async () => {
  const at = bench();
  await at.deploy(model(start() + task('a', '=nothing') + flows('s', 'a')));
  await at.start();
  const [incident] = (await at.engine.incidents({})).items;
  await at.engine.close();
  const written = at.journal.transactions();
  await expect(at.engine.resolveIncident(incident?.key ?? '')).rejects.toMatchObject({
    code: 'ENGINE_DOWN',
    retryable: true,
  });
  expect(at.journal.transactions()).toBe(written);
});

describe('a start that waits for the result', () => {
  const command = { awaitResultMs: 1000 };

  test('gets the variables with which the instance ended', async () => {
    const at = bench();
    await at.deploy(waiting);
    at.work('t', () => ({ action: 'complete', variables: { y: 2 } }));
    expect(await at.start({ x: 1 }, command)).toMatchObject({
      status: 'started',
      variables: { x: 1, y: 2 },
    });
  });

  test('is told that it started when the time is over, the sender gives up or the engine closes', async () => {
    const at = bench();
    await at.deploy(waiting);
    const late = at.start({}, command);
    await at.settled();
    at.clock.advance(1000);
    expect(await late).toEqual({ status: 'started', processInstanceKey: expect.any(String) });
    const controller = new AbortController();
    const target = { kind: 'start', processId: 'p', elementId: 's', variables: {} } as const;
    const givenUp = at.engine.send({ ...target, ...command }, controller.signal);
    await at.settled();
    controller.abort();
    expect((await givenUp).status).toBe('started');
    const closed = at.start({}, command);
    await at.engine.close();
    expect((await closed).status).toBe('started');
    expect(await at.engine.send(target, controller.signal)).toMatchObject({
      status: 'unavailable',
    });
  });
});

test('an instance forgets those who no longer wait for its end', async () => {
  const clock = manualClock();
  const [process] = (await compileResource({ name: 'x', content: waiting }, clock)).processes;
  if (process === undefined) throw new Error('no process');
  const named = { key: '1', processId: 'p', version: 1, resourceName: 'x', contentHash: '' };
  const definition = { ...named, process, liveInstances: 1 };
  const instance = new ProcessInstance({ key: '2', definition, startedAt: 0, startKey: undefined });
  const given = awaitEnd(instance, { clock, ms: 10, signals: [] });
  expect(instance.onEnd?.size).toBe(1);
  clock.advance(10);
  expect(await given).toBeUndefined();
  expect(instance.onEnd?.size).toBe(0);
});

/** `{"a":{"a":… 1}}` */
const nested = (levels: number): JsonObject =>
  JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

test('variables may be nested a thousand levels deep, wherever they go', async () => {
  const at = bench();
  await at.deploy(waiting);
  const jobs = at.work('t', () => ({ action: 'complete', variables: { b: nested(999) } }));
  expect((await at.start(nested(1000))).status).toBe('started');
  expect((await at.publish('m', '', { variables: nested(1000), timeToLiveMs: 1 })).status).toBe(
    'accepted',
  );
  await at.settled();
  expect(jobs).toHaveLength(1);
  expect((await at.only()).state).toBe('completed');
});

describe('a command that cannot be carried out', () => {
  const start: Command = { kind: 'start', processId: 'p', elementId: 's', variables: {} };
  const publish: Command = { kind: 'publish', messageName: 'm', correlationKey: '', variables: {} };
  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  const long = 'x'.repeat(4097);

  test.each<[string, Command, string]>([
    ['of an unknown process', { ...start, processId: 'x' }, 'NOT_FOUND'],
    ['of an unknown version', { ...start, version: 2 }, 'NOT_FOUND'],
    ['at another element', { ...start, elementId: 'a' }, 'INVALID'],
    ['of a process without a none start event', { ...start, processId: 'm' }, 'INVALID'],
    ['for a tenant', { ...start, tenantId: 'x' }, 'UNSUPPORTED'],
    ['with variables nested too deeply', { ...start, variables: nested(1001) }, 'INVALID'],
    ['with too much', { ...start, variables: { x: 'y'.repeat(4 * 1024 * 1024) } }, 'TOO_LARGE'],
    ['with what is no JSON', { ...start, variables: JSON.parse('[]') }, 'INVALID'],
    ['with a circle', { ...start, variables: Object.assign({}, cyclic) }, 'INVALID'],
    ['with a long idempotency key', { ...start, idempotencyKey: long }, 'TOO_LARGE'],
    ['with a long name', { ...publish, messageName: long }, 'TOO_LARGE'],
    ['with a long key', { ...publish, correlationKey: long }, 'TOO_LARGE'],
    ['with a long message id', { ...publish, messageId: long }, 'TOO_LARGE'],
  ])('%s is rejected', async (_, command, code) => {
    const at = bench();
    const byMessage = model(event('startEvent', 's', 'go') + end() + flows('s', 'e'), {
      id: 'm',
      root: message('go'),
    });
    await at.deploy(waiting, byMessage);
    expect(await at.engine.send(command)).toMatchObject({ status: 'rejected', code });
    expect(await at.instances()).toEqual([]);
  });
});
