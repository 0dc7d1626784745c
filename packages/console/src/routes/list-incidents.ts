import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { listParameters } from '../list-parameters.ts';
import { noAdministration } from '../no-administration.ts';
import { incidentViewSchema } from '../views/incident-view.ts';
import { pageOf } from '../views/page-view.ts';

/** What waits for a person. */
export const listIncidents = defineRoute({
  method: 'GET',
  path: '/api/incidents',
  summary: 'Incidents: what stopped instances and waits for a person',
  query: z.strictObject({
    instanceKey: z.string().min(1).max(256).exactOptional(),
    ...listParameters,
  }),
  answer: { status: 200, schema: pageOf(incidentViewSchema) },
  problems: [501],
  handle: async ({ options: { processRuntime }, query }) =>
    processRuntime.incidents === undefined
      ? noAdministration(processRuntime)
      : jsonAnswer(await processRuntime.incidents(query)),
});
