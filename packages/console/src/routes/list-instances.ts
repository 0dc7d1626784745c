import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { listParameters } from '../list-parameters.ts';
import { noAdministration } from '../no-administration.ts';
import { instanceStateSchema, instanceViewSchema } from '../views/instance-view.ts';
import { pageOf } from '../views/page-view.ts';

/** Process instances. */
export const listInstances = defineRoute({
  method: 'GET',
  path: '/api/instances',
  summary: 'Process instances',
  query: z.strictObject({
    processId: z.string().min(1).max(256).exactOptional(),
    state: instanceStateSchema.exactOptional(),
    ...listParameters,
  }),
  answer: { status: 200, schema: pageOf(instanceViewSchema) },
  problems: [501],
  handle: async ({ options: { processRuntime }, query }) =>
    processRuntime.instances === undefined
      ? noAdministration(processRuntime)
      : jsonAnswer(await processRuntime.instances(query)),
});
