import type { InstanceView, JobResult } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Bench, bench } from './bench.ts';
import {
  end,
  error,
  errorBoundary,
  errorStart,
  event,
  eventSubProcess,
  flow,
  flows,
  message,
  model,
  start,
  task,
} from './model.ts';

/**
 * Two branches, each a job that a message may interrupt, an error may leave, or a completion may end; they
 * join again. Whatever comes in whatever order, each branch goes on once and the instance ends once.
 */
const branch = (id: string): string =>
  task(id, id) +
  event('boundaryEvent', `${id}-stopped`, `stop-${id}`, { attributes: `attachedToRef="${id}"` }) +
  errorBoundary(`${id}-failed`, id, 'boom') +
  `<bpmn:task id="${id}-after" />` +
  flow(id, `${id}-after`) +
  flow(`${id}-stopped`, `${id}-after`) +
  flow(`${id}-failed`, `${id}-after`);

const xml = model(
  start() +
    '<bpmn:parallelGateway id="f" />' +
    branch('a') +
    branch('b') +
    '<bpmn:parallelGateway id="j" />' +
    end() +
    flows('s', 'f', 'a') +
    flow('f', 'b') +
    flow('a-after', 'j') +
    flow('b-after', 'j') +
    flow('j', 'e'),
  { root: message('stop-a', '="k"') + message('stop-b', '="k"') + error('boom', 'BOOM') },
);

type Action =
  | { readonly kind: 'publish'; readonly branch: 'a' | 'b' }
  | { readonly kind: 'result'; readonly branch: 'a' | 'b'; readonly result: JobResult }
  | { readonly kind: 'turn' }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'resolve' }
  | { readonly kind: 'restart' };

const branches = fc.constantFrom('a' as const, 'b' as const);
const results = fc.constantFrom<JobResult>(
  { action: 'complete', variables: { done: true } },
  { action: 'throwError', errorCode: 'BOOM' },
  { action: 'throwError', errorCode: 'UNKNOWN' },
  { action: 'fail', retries: 2, errorMessage: 'again' },
  { action: 'fail', retries: 0, errorMessage: 'no more' },
);
const actions = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('publish' as const), branch: branches }),
    fc.record({ kind: fc.constant('result' as const), branch: branches, result: results }),
    fc.record({ kind: fc.constant('turn' as const) }),
    fc.record({ kind: fc.constant('deadline' as const) }),
    fc.record({ kind: fc.constant('resolve' as const) }),
    fc.record({ kind: fc.constant('restart' as const) }),
  ),
  { maxLength: 14 },
);

type Pending = Map<string, ((result: JobResult) => void)[]>;

/** Holds every job that is handed out until somebody says how it ends. */
function hold(at: Bench): Pending {
  const pending: Pending = new Map([
    ['a', []],
    ['b', []],
  ]);
  for (const [type, held] of pending) {
    at.engine.work(
      { type, maxActive: 4, timeoutMs: 1000 },
      () => new Promise((end) => held.push(end)),
    );
  }
  return pending;
}

/** Does what touches one engine only; nothing is waited for, so that actions meet in one turn. */
async function act(action: Action, at: Bench, pending: Pending): Promise<void> {
  if (action.kind === 'publish') void at.publish(`stop-${action.branch}`, 'k');
  if (action.kind === 'result') pending.get(action.branch)?.shift()?.(action.result);
  if (action.kind === 'turn') await at.settled();
  if (action.kind === 'deadline') at.clock.advance(1000);
  if (action.kind !== 'resolve') return;
  for (const { key } of (await at.engine.incidents({})).items) void at.engine.resolveIncident(key);
}

async function play(
  script: readonly Action[],
  stepsPerTurn: number,
  content = xml,
): Promise<Bench> {
  let at = bench({ stepsPerTurn });
  await at.deploy(content);
  let pending = hold(at);
  await at.start();
  for (const action of script) {
    if (action.kind === 'restart') {
      at = at.restart();
      pending = hold(at);
    } else {
      await act(action, at, pending);
    }
  }
  await at.settled();
  return at;
}

/** Branches that are still under way, by the elements an operator sees. */
const live = (elements: readonly { readonly elementId: string }[]): readonly string[] =>
  elements.map(({ elementId }) => elementId).toSorted();

/**
 * A sub-process with a job, which a message or an error interrupts; the process around it has an event
 * sub-process that runs beside, as often as it is started, and one for every error.
 */
const handled = (id: string, scope: string): string =>
  eventSubProcess(id, scope + task(`${id}-job`, 'b') + flows(`${id}-s`, `${id}-job`));
const beside = 'isInterrupting="false"';
const events = model(
  start() +
    `<bpmn:subProcess id="sub">${start('i')}${task('inner', 'a')}${flows('i', 'inner')}${handled('halt', event('startEvent', 'halt-s', 'stop-a'))}${handled('c', errorStart('c-s', 'boom'))}</bpmn:subProcess>` +
    flows('s', 'sub') +
    handled('log', event('startEvent', 'log-s', 'stop-b', { attributes: beside })) +
    handled('all', errorStart('all-s')),
  { root: message('stop-a', '="k"') + message('stop-b', '="k"') + error('boom', 'BOOM') },
);

/** Elements of which there is one at most, however often their event comes. */
const single = ['sub', 'inner', 'halt', 'c', 'all'];

/** What interrupts a scope is alone in it, with what it goes on with. */
function expectAlone(elements: InstanceView['elements']): void {
  const there = new Set(live(elements));
  const inSub = ['inner', 'halt', 'c'].filter((id) => there.has(id));
  expect(inSub).toHaveLength(there.has('sub') ? 1 : 0);
  if (there.has('all')) expect(there).toEqual(new Set(['all', 'all-job']));
  for (const id of single) {
    expect(elements.filter(({ elementId }) => elementId === id).length).toBeLessThan(2);
  }
}

/** Hands out what is left once more, resolves what has stopped, and completes everything. */
async function finish(before: Bench): Promise<Bench> {
  const at = before.restart();
  for (const type of ['a', 'b']) at.work(type, () => ({ action: 'complete' }));
  for (const { key } of (await at.engine.incidents({})).items) await at.engine.resolveIncident(key);
  await at.settled();
  return at;
}

describe('whatever the order of messages, results, deadlines, incidents and restarts', () => {
  test('no token is lost or doubled, and the instance ends once', async () => {
    await fc.assert(
      fc.asyncProperty(actions, fc.constantFrom(1, 2, 1000), async (script, stepsPerTurn) => {
        const at = await play(script, stepsPerTurn);
        const { state, elements } = await at.only();
        if (state === 'completed') {
          expect(elements).toEqual([]);
        } else {
          // At most one token a branch; one that has passed waits at the join and is no element.
          expect([['a'], ['b'], ['a', 'b']]).toContainEqual(live(elements));
        }
        for (const branchId of ['a', 'b']) await at.publish(`stop-${branchId}`, 'k');
        await at.settled();
        expect(await at.only()).toMatchObject({ state: 'completed', elements: [] });
        expect(await at.incidents()).toEqual([]);
        expect(at.journal.disk.get('engine.instance')?.size ?? 0).toBe(0);
        expect(at.journal.disk.get('engine.ended')?.size).toBe(1);
        await at.engine.close();
      }),
      { numRuns: 150 },
    );
  });

  test('an event sub-process that interrupts is alone in its scope, and the instance ends once', async () => {
    await fc.assert(
      fc.asyncProperty(actions, fc.constantFrom(1, 2, 1000), async (script, stepsPerTurn) => {
        const at = await play(script, stepsPerTurn, events);
        const { state, elements } = await at.only();
        const there = new Set(live(elements));
        expectAlone(elements);
        const status = async (name: string) => (await at.publish(name, 'k')).status;
        const open = (isOpen: boolean) => (isOpen ? 'correlated' : 'accepted');
        expect(await status('stop-b')).toBe(open(state !== 'completed' && !there.has('all')));
        expect(await status('stop-a')).toBe(open(there.has('inner')));
        expect(await status('stop-a')).toBe('accepted');
        const ended = await finish(at);
        expect(await ended.only()).toMatchObject({ state: 'completed', elements: [] });
        expect(await ended.incidents()).toEqual([]);
        expect((await ended.publish('stop-b', 'k')).status).toBe('accepted');
        expect(ended.journal.disk.get('engine.instance')?.size ?? 0).toBe(0);
        expect(ended.journal.disk.get('engine.ended')?.size).toBe(1);
        await ended.engine.close();
      }),
      { numRuns: 150 },
    );
  });
});
