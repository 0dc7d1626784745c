import assert from 'node:assert/strict';
import type { Administration, InstanceState, InstanceView } from '@bpmn-connectors/sdk';
import { defineCase } from '../case-definition.ts';
import { eventually } from '../eventually.ts';
import { startInstance } from './expect-status.ts';
import { jobStep, plainProcess } from './sample-process.ts';

const inState = (
  { instance }: Pick<Administration, 'instance'>,
  key: string,
  state: InstanceState,
): Promise<InstanceView> =>
  eventually(`instance ${key} to be ${state}`, async () => {
    const view = await instance(key);
    return view?.state === state ? view : undefined;
  });

/** Cases about what operators see and do. */
export const administrationCases = [
  defineCase(
    'shows an instance while it runs and when it has ended',
    { roles: ['instance', 'send', 'work'] },
    async (runtime, { unique, define, collect }) => {
      const [processId, type] = [unique('seen'), unique('job')];
      await define(plainProcess(processId, jobStep(type)));
      const { processInstanceKey: key } = await startInstance(runtime, processId, { a: 1 });
      const active = await inState(runtime, key, 'active');
      assert.deepEqual([active.key, active.processId], [key, processId]);
      assert.deepEqual(active.variables, { a: 1 });
      assert.ok(active.elements.some(({ elementId }) => elementId === 'task'));
      assert.equal(active.endedAt, undefined);
      const { end } = await collect({ type }).next();
      end({ action: 'complete', variables: { b: 2 } });
      const completed = await inState(runtime, key, 'completed');
      assert.deepEqual(completed.variables, { a: 1, b: 2 });
      assert.deepEqual(completed.elements, []);
      assert.ok(Date.parse(completed.endedAt ?? '') >= Date.parse(completed.startedAt));
      assert.equal(await runtime.instance('0'), undefined);
    },
  ),

  defineCase(
    'lists instances by process and state, page by page',
    { roles: ['instances', 'instance', 'send', 'work'] },
    async (runtime, { unique, define }) => {
      const [processId, ended] = [unique('listed'), unique('listed')];
      await define(plainProcess(processId, jobStep(unique('job'))));
      await define(plainProcess(ended));
      const keys = new Set<string>();
      for (let n = 0; n < 3; n++)
        keys.add((await startInstance(runtime, processId)).processInstanceKey);
      const { processInstanceKey: endedKey } = await startInstance(runtime, ended);
      await inState(runtime, endedKey, 'completed');
      const first = await runtime.instances({ processId, state: 'active', limit: 2 });
      assert.equal(first.items.length, 2);
      const cursor = first.cursor ?? assert.fail('there is a second page');
      const second = await runtime.instances({ processId, state: 'active', limit: 2, cursor });
      assert.equal(second.cursor, null);
      const listed = [...first.items, ...second.items].map(({ key }) => key);
      assert.deepEqual(new Set(listed), keys);
      const completed = await runtime.instances({ processId: ended, state: 'completed' });
      assert.deepEqual(
        completed.items.map(({ key }) => key),
        [endedKey],
      );
    },
  ),

  defineCase(
    'a job without retries raises an incident, and runs again when that is resolved',
    { roles: ['instance', 'incidents', 'resolveIncident', 'send', 'work'] },
    async (runtime, { unique, define, collect }) => {
      const [processId, type] = [unique('incident'), unique('job')];
      await define(plainProcess(processId, jobStep(type)));
      const { processInstanceKey: instanceKey } = await startInstance(runtime, processId);
      const jobs = collect({ type });
      const errorMessage = 'Failed on purpose';
      (await jobs.next()).end({ action: 'fail', retries: 0, errorMessage });
      const stopped = await inState(runtime, instanceKey, 'incident');
      assert.deepEqual(stopped.elements, [{ elementId: 'task', state: 'incident' }]);
      const { items } = await runtime.incidents({ instanceKey });
      const [incident] = items;
      assert.deepEqual(
        [incident?.code, incident?.processId, incident?.elementId, incident?.instanceKey],
        ['JOB_NO_RETRIES', processId, 'task', instanceKey],
      );
      assert.match(incident?.message ?? '', /Failed on purpose/);
      assert.equal(await runtime.resolveIncident(incident?.key ?? ''), true);
      (await jobs.next()).end({ action: 'complete' });
      await inState(runtime, instanceKey, 'completed');
      assert.deepEqual((await runtime.incidents({ instanceKey })).items, []);
      assert.equal(await runtime.resolveIncident(incident?.key ?? ''), false);
    },
  ),

  defineCase(
    'an error that nobody catches raises an incident',
    { roles: ['instance', 'incidents', 'send', 'work'] },
    async (runtime, { unique, define, collect }) => {
      const [processId, type] = [unique('incident'), unique('job')];
      await define(plainProcess(processId, jobStep(type)));
      const { processInstanceKey: instanceKey } = await startInstance(runtime, processId);
      (await collect({ type }).next()).end({ action: 'throwError', errorCode: 'NOBODY' });
      await inState(runtime, instanceKey, 'incident');
      const { items } = await runtime.incidents({ instanceKey });
      assert.deepEqual(
        items.map(({ code, elementId }) => [code, elementId]),
        [['UNHANDLED_ERROR_EVENT', 'task']],
      );
    },
  ),
];
