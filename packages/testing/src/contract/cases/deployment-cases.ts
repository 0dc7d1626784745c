import assert from 'node:assert/strict';
import { isConfigurationError, type Resource } from '@bpmn-connectors/sdk';
import { defineCase } from '../case-definition.ts';
import { writeBpmn } from '../write-bpmn.ts';
import { expectStatus } from './expect-status.ts';
import { jobStep, plainProcess } from './sample-process.ts';

const resource = (processId: string, jobType: string): Resource => ({
  name: `${processId}.bpmn`,
  content: writeBpmn(plainProcess(processId, jobStep(jobType))),
});

/** Cases about deploying models. */
export const deploymentCases = [
  defineCase(
    'deploy makes a version of a new model, and none of the same model again',
    { roles: ['deploy'], process: false },
    async (runtime, { unique }) => {
      const processId = unique('deployed');
      const model = resource(processId, 'a');
      const [first] = await runtime.deploy([model]);
      assert.deepEqual(
        [first?.processId, first?.version, first?.resourceName],
        [processId, 1, model.name],
      );
      assert.notEqual(first?.processDefinitionKey, '');
      assert.deepEqual(await runtime.deploy([model]), [first]);
      const [second] = await runtime.deploy([resource(processId, 'b')]);
      assert.equal(second?.version, 2);
      assert.notEqual(second?.processDefinitionKey, first?.processDefinitionKey);
    },
  ),

  defineCase(
    'start takes the latest version, or the one it names',
    { roles: ['deploy', 'send', 'work'], process: false },
    async (runtime, { unique, collect }) => {
      const processId = unique('deployed');
      const [old, latest] = [unique('old'), unique('latest')];
      await runtime.deploy([resource(processId, old)]);
      await runtime.deploy([resource(processId, latest)]);
      const start = { kind: 'start', processId, elementId: 'start', variables: {} } as const;
      expectStatus(await runtime.send(start), 'started');
      await collect({ type: latest }).next();
      expectStatus(await runtime.send({ ...start, version: 1 }), 'started');
      await collect({ type: old }).next();
      const outcome = await runtime.send({ ...start, version: 3 });
      expectStatus(outcome, 'rejected');
      assert.equal(outcome.code, 'NOT_FOUND');
    },
  ),

  defineCase(
    'deploy refuses a broken model with its problems, and all that comes with it',
    { roles: ['deploy', 'send'], process: false },
    async (runtime, { unique }) => {
      const processId = unique('good');
      const broken = { name: 'broken.bpmn', content: '<bpmn:definitions>' };
      const error: unknown = await runtime
        .deploy([resource(processId, 'a'), broken])
        .catch((reason: unknown) => reason);
      assert.ok(isConfigurationError(error), `no configuration error: ${String(error)}`);
      assert.notEqual(error.problems.length, 0);
      assert.match(error.message, /broken\.bpmn/);
      const outcome = await runtime.send({
        kind: 'start',
        processId,
        elementId: 'start',
        variables: {},
      });
      expectStatus(outcome, 'rejected');
    },
  ),
];
