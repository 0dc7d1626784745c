import { defineRoute, noParameters } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { healthViewSchema } from '../views/health-view.ts';

/** Whether the process answers at all. */
export const getLive = defineRoute({
  method: 'GET',
  path: '/health/live',
  summary: 'Whether the process is alive',
  query: noParameters,
  answer: { status: 200, schema: healthViewSchema },
  problems: [],
  open: true,
  handle: async () => jsonAnswer({ status: 'up' }),
});
