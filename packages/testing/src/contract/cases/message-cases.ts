import assert from 'node:assert/strict';
import type { Correlated, InboundTarget, PublishCommand } from '@bpmn-connectors/sdk';
import { type CaseTools, defineCase } from '../case-definition.ts';
import { eventually } from '../eventually.ts';
import { expectStatus, startInstance } from './expect-status.ts';
import { jobStep, messageProcess, messageStep, plainProcess } from './sample-process.ts';

const publish = (
  messageName: string,
  correlationKey: string,
  rest: Partial<PublishCommand> = {},
): PublishCommand => ({
  kind: 'publish',
  messageName,
  correlationKey,
  variables: {},
  timeToLiveMs: 60_000,
  ...rest,
});

/** Correlates as soon as somebody waits: an engine may take its time to open a subscription. */
const correlateSoon = (
  target: InboundTarget,
  messageName: string,
  correlationKey: string,
  variables = {},
): Promise<Correlated> =>
  eventually(`a subscription to ${messageName}`, async () => {
    const command = { kind: 'correlate', messageName, correlationKey, variables } as const;
    const outcome = await target.send(command);
    if (outcome.status === 'no-subscription') return undefined;
    expectStatus(outcome, 'correlated');
    return outcome;
  });

/** A process that waits for a message, then has a job. */
async function defineWaiting({ unique, define, collect }: CaseTools) {
  const names = { processId: unique('waits'), messageName: unique('message'), key: unique('key') };
  const jobType = unique('job');
  const steps = [messageStep(names.messageName), jobStep(jobType)];
  await define(plainProcess(names.processId, ...steps));
  return { ...names, jobs: collect({ type: jobType }) };
}

/** A process that a message starts, and that has a job then. */
async function defineStarted({ unique, define, collect }: CaseTools) {
  const messageName = unique('message');
  const jobType = unique('job');
  await define(messageProcess(unique('started'), messageName, jobStep(jobType)));
  return { messageName, jobs: collect({ type: jobType }) };
}

/** Cases about messages. */
export const messageCases = [
  defineCase(
    'publish gives the message to the instance that waits for its key',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { processId, messageName, key, jobs } = await defineWaiting(tools);
      const waiting = await startInstance(runtime, processId, { key });
      await startInstance(runtime, processId, { key: tools.unique('key') });
      const outcome = await runtime.send(publish(messageName, key, { variables: { a: 1 } }));
      expectStatus(outcome, 'correlated', 'accepted');
      const { job } = await jobs.next();
      assert.equal(job.processInstanceKey, waiting.processInstanceKey);
      assert.equal(job.variables['a'], 1);
      assert.equal(job.variables['key'], key);
    },
  ),

  defineCase(
    'publish keeps the message for an instance that waits for it later',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { processId, messageName, key, jobs } = await defineWaiting(tools);
      const outcome = await runtime.send(publish(messageName, key, { variables: { a: 1 } }));
      expectStatus(outcome, 'accepted');
      await startInstance(runtime, processId, { key });
      assert.equal((await jobs.next()).job.variables['a'], 1);
    },
  ),

  defineCase(
    'publish without time to live keeps no message',
    { roles: ['send', 'work'], correlate: true },
    async (runtime, tools) => {
      const { processId, messageName, key, jobs } = await defineWaiting(tools);
      const lost = publish(messageName, key, { variables: { which: 'lost' }, timeToLiveMs: 0 });
      expectStatus(await runtime.send(lost), 'accepted');
      await startInstance(runtime, processId, { key });
      await correlateSoon(runtime, messageName, key, { which: 'taken' });
      assert.equal((await jobs.next()).job.variables['which'], 'taken');
    },
  ),

  defineCase(
    'publish starts an instance at a message start event',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { messageName, jobs } = await defineStarted(tools);
      const outcome = await runtime.send(
        publish(messageName, '', { variables: { a: { b: [1] } } }),
      );
      expectStatus(outcome, 'correlated', 'accepted');
      const { job } = await jobs.next();
      assert.deepEqual(job.variables['a'], { b: [1] });
      if (outcome.status === 'correlated')
        assert.equal(job.processInstanceKey, outcome.processInstanceKey);
    },
  ),

  defineCase(
    'publish with the same name, key and message id a second time is a duplicate',
    {
      roles: ['send', 'work'],
      when: ({ deduplicates }) => deduplicates?.publish === true,
    },
    async (runtime, tools) => {
      const { messageName, jobs } = await defineStarted(tools);
      const send = (messageId: string, n: number) =>
        runtime.send(publish(messageName, '', { messageId, variables: { n } }));
      const together = await Promise.all([send('one', 1), send('one', 1)]);
      expectStatus(await send('one', 1), 'duplicate');
      expectStatus(await send('two', 2), 'correlated', 'accepted');
      assert.equal(together.filter(({ status }) => status === 'duplicate').length, 1);
      const numbers = [await jobs.next(), await jobs.next()].map(({ job }) => job.variables['n']);
      assert.deepEqual(new Set(numbers), new Set([1, 2]));
      assert.equal(jobs.delivered.length, 2);
    },
  ),

  defineCase(
    'publish with the same message id and another key is no duplicate',
    {
      roles: ['send', 'work'],
      when: ({ deduplicates }) => deduplicates?.publish === true,
    },
    async (runtime, tools) => {
      const { messageName } = await defineWaiting(tools);
      for (const key of ['a', 'b'])
        expectStatus(
          await runtime.send(publish(messageName, key, { messageId: 'one' })),
          'accepted',
        );
    },
  ),

  defineCase(
    'correlate with nobody who waits is no-subscription and leaves nothing behind',
    { roles: ['send', 'work'], correlate: true },
    async (runtime, tools) => {
      const { processId, messageName, key, jobs } = await defineWaiting(tools);
      const outcome = await runtime.send({
        kind: 'correlate',
        messageName,
        correlationKey: key,
        variables: { which: 'first' },
      });
      assert.deepEqual(outcome.status, 'no-subscription');
      const { processInstanceKey } = await startInstance(runtime, processId, { key });
      const taken = await correlateSoon(runtime, messageName, key, { which: 'second' });
      assert.equal(taken.processInstanceKey, processInstanceKey);
      assert.equal((await jobs.next()).job.variables['which'], 'second');
    },
  ),

  defineCase(
    'correlate starts an instance at a message start event',
    { roles: ['send', 'work'], correlate: true },
    async (runtime, tools) => {
      const { messageName, jobs } = await defineStarted(tools);
      const { processInstanceKey } = await correlateSoon(runtime, messageName, '', { a: 1 });
      const { job } = await jobs.next();
      assert.equal(job.processInstanceKey, processInstanceKey);
      assert.equal(job.variables['a'], 1);
    },
  ),

  defineCase(
    'a correlation key may hold any text',
    { roles: ['send', 'work'] },
    async (runtime, tools) => {
      const { processId, messageName, jobs } = await defineWaiting(tools);
      const key = `"ключ" & <key> ' ${tools.unique('🔑')}`;
      await startInstance(runtime, processId, { key });
      expectStatus(await runtime.send(publish(messageName, key)), 'correlated', 'accepted');
      assert.equal((await jobs.next()).job.variables['key'], key);
    },
  ),
];
