import { defineRoute, noParameters } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { noAdministration } from '../no-administration.ts';
import { problem } from '../problem.ts';
import { instanceViewSchema } from '../views/instance-view.ts';

/** One process instance. */
export const getInstance = defineRoute({
  method: 'GET',
  path: '/api/instances/{key}',
  summary: 'A process instance',
  query: noParameters,
  answer: { status: 200, schema: instanceViewSchema },
  problems: [404, 501],
  handle: async ({ options: { processRuntime }, id }) => {
    if (processRuntime.instance === undefined) return noAdministration(processRuntime);
    const instance = await processRuntime.instance(id);
    return instance === undefined ? problem('NOT_FOUND') : jsonAnswer(instance);
  },
});
