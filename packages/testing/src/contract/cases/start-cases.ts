import assert from 'node:assert/strict';
import type { StartCommand } from '@bpmn-connectors/sdk';
import { defineCase } from '../case-definition.ts';
import { expectStatus, startInstance } from './expect-status.ts';
import { jobStep, plainProcess } from './sample-process.ts';

/** Cases about plain starts. */
export const startCases = [
  defineCase(
    'starts an instance for each start command',
    { roles: ['send'] },
    async (runtime, { unique, define }) => {
      const processId = unique('start');
      await define(plainProcess(processId));
      const first = await startInstance(runtime, processId);
      const second = await startInstance(runtime, processId);
      assert.notEqual(first.processInstanceKey, '');
      assert.notEqual(first.processInstanceKey, second.processInstanceKey);
    },
  ),

  defineCase(
    'rejects the start of an unknown process with NOT_FOUND',
    { roles: ['send'], process: false },
    async (runtime, { unique }) => {
      const outcome = await runtime.send({
        kind: 'start',
        processId: unique('nowhere'),
        elementId: 'start',
        variables: {},
      });
      expectStatus(outcome, 'rejected');
      assert.equal(outcome.code, 'NOT_FOUND');
      assert.notEqual(outcome.message, '');
    },
  ),

  defineCase(
    'starts one instance for two starts with the same idempotency key, sent together',
    {
      roles: ['send', 'work'],
      when: ({ deduplicates }) => deduplicates?.start === true,
    },
    async (runtime, { unique, define, collect }) => {
      const jobType = unique('job');
      const processId = unique('once');
      await define(plainProcess(processId, jobStep(jobType)));
      const start = (idempotencyKey: string, n: number): StartCommand => {
        return { kind: 'start', processId, elementId: 'start', variables: { n }, idempotencyKey };
      };
      const key = unique('key');
      const outcomes = await Promise.all([
        runtime.send(start(key, 1)),
        runtime.send(start(key, 1)),
      ]);
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['duplicate', 'started']);

      const started = outcomes.find(({ status }) => status === 'started');
      const again = await runtime.send(start(key, 1));
      expectStatus(again, 'duplicate');
      if (again.first !== undefined) assert.deepEqual(again.first, started);

      const other = await runtime.send(start(unique('key'), 2));
      expectStatus(other, 'started');
      const jobs = collect({ type: jobType });
      const numbers = [await jobs.next(), await jobs.next()].map(({ job }) => job.variables['n']);
      assert.deepEqual(new Set(numbers), new Set([1, 2]));
      assert.equal(jobs.delivered.length, 2);
    },
  ),
];
