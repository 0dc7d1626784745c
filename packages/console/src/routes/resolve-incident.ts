import { defineRoute, noParameters } from '../define-route.ts';
import { noAdministration } from '../no-administration.ts';
import { problem } from '../problem.ts';

/** Tries the stopped step again. */
export const resolveIncident = defineRoute({
  method: 'POST',
  path: '/api/incidents/{key}/resolve',
  summary: 'Try the stopped step again',
  query: noParameters,
  answer: { status: 204 },
  problems: [404, 415, 501],
  handle: async ({ options: { processRuntime }, id }) => {
    if (processRuntime.resolveIncident === undefined) return noAdministration(processRuntime);
    const resolved = await processRuntime.resolveIncident(id);
    return resolved ? { status: 204, headers: {} } : problem('NOT_FOUND');
  },
});
