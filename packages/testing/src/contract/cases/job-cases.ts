import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineCase } from '../case-definition.ts';
import { eventually } from '../eventually.ts';
import { startInstance } from './expect-status.ts';
import { jobStep, plainProcess } from './sample-process.ts';

/** Long enough for a job that should not come, to come. */
const graceMs = 30;

/** Milliseconds in which a worker that is drained has left the queue. */
const leaveMs = 1000;

/** Cases about handing out jobs. */
export const jobCases = [
  defineCase(
    'hands out a job with variables, headers and retries',
    { roles: ['send', 'work'] },
    async (runtime, { unique, define, collect }) => {
      const type = unique('job');
      const processId = unique('process');
      const headers = { plain: 'text', marks: '<a & "b">' };
      await define(plainProcess(processId, jobStep(type, { headers, retries: 5 })));
      const variables = { text: 'ä', list: [1, null], nested: { yes: true }, nothing: null };
      const { processInstanceKey } = await startInstance(runtime, processId, variables);
      const { job } = await collect({ type }).next();
      assert.deepEqual(job.variables, variables);
      assert.deepEqual({ ...job.customHeaders }, headers);
      assert.equal(job.retries, 5);
      assert.deepEqual(
        [job.type, job.processId, job.elementId, job.processInstanceKey],
        [type, processId, 'task', processInstanceKey],
      );
      assert.notEqual(job.key, '');
      assert.notEqual(job.elementInstanceKey, '');
      assert.ok(job.deadline > Date.now() - 60_000, 'the deadline is in epoch milliseconds');
    },
  ),

  defineCase(
    'hands over only the variables that the worker asked for',
    { roles: ['send', 'work'] },
    async (runtime, { unique, define, collect }) => {
      const type = unique('job');
      const processId = unique('process');
      await define(plainProcess(processId, jobStep(type)));
      await startInstance(runtime, processId, { wanted: 1, other: 2 });
      const { job } = await collect({ type, fetchVariables: ['wanted', 'missing'] }).next();
      assert.deepEqual(job.variables, { wanted: 1 });
    },
  ),

  defineCase(
    'hands a job to a worker that comes later, and to workers of its type alone',
    { roles: ['send', 'work'] },
    async (runtime, { unique, define, collect }) => {
      const [type, otherType] = [unique('job'), unique('job')];
      const processId = unique('process');
      await define(plainProcess(processId, jobStep(type)));
      const others = collect({ type: otherType });
      await startInstance(runtime, processId);
      await collect({ type }).next();
      assert.equal(others.delivered.length, 0);
    },
  ),

  defineCase(
    'hands out no more than maxActive jobs at a time, and all of them in the end',
    { roles: ['send', 'work'] },
    async (runtime, { unique, define, collect }) => {
      const type = unique('job');
      const processId = unique('process');
      await define(plainProcess(processId, jobStep(type)));
      for (const n of [1, 2, 3]) await startInstance(runtime, processId, { n });
      const jobs = collect({ type, maxActive: 1 });
      const seen: unknown[] = [];
      for (const count of [1, 2, 3]) {
        const { job, end } = await jobs.next();
        await sleep(graceMs);
        assert.equal(jobs.delivered.length, count);
        seen.push(job.variables['n']);
        end({ action: 'complete' });
      }
      assert.deepEqual(new Set(seen), new Set([1, 2, 3]));
    },
  ),

  defineCase(
    'hands a job out again when its time is over, and goes on once though both end it',
    { roles: ['send', 'work'] },
    async (runtime, { unique, define, collect }) => {
      const [type, nextType] = [unique('job'), unique('job')];
      const processId = unique('process');
      const next = jobStep(nextType, { elementId: 'next' });
      await define(plainProcess(processId, jobStep(type), next));
      await startInstance(runtime, processId);
      const jobs = collect({ type, timeoutMs: 300 });
      const first = await jobs.next();
      await eventually('the signal to abort', async () => first.signal.aborted || undefined);
      const second = await jobs.next();
      assert.equal(second.job.key, first.job.key);
      first.end({ action: 'complete', variables: { by: 'first' } });
      second.end({ action: 'complete', variables: { by: 'second' } });
      const after = collect({ type: nextType });
      // Zeebe takes the late result when it is the first one to come, which is as good.
      const { by } = (await after.next()).job.variables;
      assert.ok(by === 'first' || by === 'second');
      await sleep(graceMs);
      assert.equal(after.delivered.length, 1);
    },
  ),

  defineCase(
    'drain waits for the jobs in hand and takes no more',
    { roles: ['send', 'work'] },
    async (runtime, { unique, define, collect }) => {
      const type = unique('job');
      const processId = unique('process');
      await define(plainProcess(processId, jobStep(type)));
      await startInstance(runtime, processId);
      const jobs = collect({ type });
      const { end } = await jobs.next();
      let drained = false;
      const draining = jobs.worker.drain(10_000).then(() => {
        drained = true;
      });
      // What a cluster pushes in the very moment in which a worker leaves comes again after the job's timeout.
      await sleep(leaveMs);
      await startInstance(runtime, processId);
      await collect({ type }).next();
      await sleep(graceMs);
      assert.equal(jobs.delivered.length, 1);
      assert.equal(drained, false, 'a job is still in hand');
      end({ action: 'complete' });
      await draining;
    },
  ),
];
