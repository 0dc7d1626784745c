import assert from 'node:assert/strict';
import { defineCase } from '../case-definition.ts';

/** Cases about the life of a process runtime. */
export const lifeCases = [
  defineCase('has a name and is up', { roles: [], process: false }, async (runtime) => {
    assert.notEqual(runtime.name, '');
    assert.equal((await runtime.health()).status, 'up');
  }),

  defineCase('can be closed twice', { roles: [], process: false }, async (runtime) => {
    await runtime.close();
    await runtime.close();
  }),

  defineCase(
    'answers a command after close with unavailable',
    { roles: ['send'] },
    async (runtime, { unique, define }) => {
      const processId = unique('closed');
      await define({ id: processId, start: { elementId: 'start' }, steps: [] });
      await runtime.close();
      const outcome = await runtime.send({
        kind: 'start',
        processId,
        elementId: 'start',
        variables: {},
      });
      assert.equal(outcome.status, 'unavailable');
    },
  ),
];
