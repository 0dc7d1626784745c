import { defineRoute, noParameters } from '../define-route.ts';
import { problem } from '../problem.ts';

/** One element template. */
export const getTemplate = defineRoute({
  method: 'GET',
  path: '/element-templates/{file}',
  summary: 'An element template',
  query: noParameters,
  answer: { status: 200 },
  problems: [404],
  open: true,
  handle: async ({ options: { templates }, id }) => {
    const body = templates?.file(id);
    return body === undefined
      ? problem('NOT_FOUND')
      : { status: 200, headers: { 'content-type': 'application/json' }, body };
  },
});
