import assert from 'node:assert/strict';
import type { InboundTarget, JobResult } from '@bpmn-connectors/sdk';
import { type CaseTools, defineCase } from '../case-definition.ts';
import { startInstance } from './expect-status.ts';
import { jobStep, plainProcess } from './sample-process.ts';

/** A process with two jobs, the first of which catches the error `KNOWN`; it is started. */
async function startTwoJobs(target: InboundTarget, { unique, define, collect }: CaseTools) {
  const types = { first: unique('first'), second: unique('second'), caught: unique('caught') };
  const then = jobStep(types.caught, { elementId: 'handle' });
  const first = jobStep(types.first, {
    catches: { errorCode: 'KNOWN', elementId: 'caught', then },
  });
  const processId = unique('process');
  await define(plainProcess(processId, first, jobStep(types.second, { elementId: 'second' })));
  await startInstance(target, processId, { kept: 'yes' });
  return {
    start: () => startInstance(target, processId, { kept: 'other' }),
    first: collect({ type: types.first }),
    second: collect({ type: types.second }),
    caught: collect({ type: types.caught }),
  };
}

const failed = (retries: number, rest = {}): JobResult => ({
  action: 'fail',
  retries,
  errorMessage: 'Failed on purpose',
  ...rest,
});

/** Cases about what the end of a job does. */
export const jobEndCases = [
  defineCase(
    'complete goes on with the variables of the job',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { first, second } = await startTwoJobs(runtime, tools);
      (await first.next()).end({ action: 'complete', variables: { answer: { n: 1 } } });
      const { job } = await second.next();
      assert.deepEqual(job.variables, { kept: 'yes', answer: { n: 1 } });
      assert.equal(job.elementId, 'second');
    },
  ),

  defineCase(
    'complete without variables goes on with what there was',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { first, second } = await startTwoJobs(runtime, tools);
      (await first.next()).end({ action: 'complete' });
      assert.deepEqual((await second.next()).job.variables, { kept: 'yes' });
    },
  ),

  defineCase(
    'fail hands the job out again with the retries that it says',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { first, second } = await startTwoJobs(runtime, tools);
      const before = await first.next();
      before.end(failed(7));
      const after = await first.next();
      assert.equal(after.job.key, before.job.key);
      assert.equal(after.job.retries, 7);
      assert.deepEqual(after.job.variables, { kept: 'yes' });
      after.end({ action: 'complete' });
      await second.next();
    },
  ),

  defineCase(
    'fail with a backoff hands the job out again not before that',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { first } = await startTwoJobs(runtime, tools);
      const { end } = await first.next();
      const failedAt = Date.now();
      end(failed(1, { retryBackoffMs: 400 }));
      await first.next();
      // Timers and clocks round to milliseconds, each in its own way.
      assert.ok(Date.now() - failedAt >= 390, `again after ${Date.now() - failedAt} ms`);
    },
  ),

  defineCase(
    'fail with no retries left stops the instance',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { start, first, second } = await startTwoJobs(runtime, tools);
      (await first.next()).end(failed(0));
      await start();
      const other = await first.next();
      assert.equal(other.job.variables['kept'], 'other');
      other.end({ action: 'complete' });
      assert.equal((await second.next()).job.variables['kept'], 'other');
      assert.equal(first.delivered.length, 2);
    },
  ),

  defineCase(
    'throwError goes on where the error is caught, with the variables of the error',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { first, second, caught } = await startTwoJobs(runtime, tools);
      const thrown = {
        action: 'throwError',
        errorCode: 'KNOWN',
        errorMessage: 'On purpose',
      } as const;
      (await first.next()).end({ ...thrown, variables: { why: 'so' } });
      const { job } = await caught.next();
      assert.equal(job.elementId, 'handle');
      assert.equal(job.variables['kept'], 'yes');
      assert.equal(job.variables['why'], 'so');
      assert.equal(second.delivered.length, 0);
    },
  ),

  defineCase(
    'throwError that nobody catches stops the instance',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { start, first, second, caught } = await startTwoJobs(runtime, tools);
      (await first.next()).end({ action: 'throwError', errorCode: 'UNKNOWN' });
      await start();
      const other = await first.next();
      other.end({ action: 'complete' });
      assert.equal((await second.next()).job.variables['kept'], 'other');
      assert.deepEqual([first.delivered.length, caught.delivered.length], [2, 0]);
    },
  ),
];
