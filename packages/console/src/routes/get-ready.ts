import { assessHealth } from '../assess-health.ts';
import { defineRoute, noParameters } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { healthViewSchema } from '../views/health-view.ts';

/** Whether deliveries are taken now. */
export const getReady = defineRoute({
  method: 'GET',
  path: '/health/ready',
  summary: 'Whether deliveries are taken and jobs are worked; 503 with the same body while not',
  query: noParameters,
  answer: { status: 200, schema: healthViewSchema },
  problems: [503],
  open: true,
  handle: async ({ options }) => {
    const assessment = await assessHealth(options);
    return jsonAnswer(assessment, assessment.status === 'down' ? 503 : 200);
  },
});
