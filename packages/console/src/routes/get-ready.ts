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
  handle: async ({ options: { processRuntime, connectorRuntime } }) => {
    const [process, connectors] = await Promise.all([
      processRuntime.health(),
      connectorRuntime.health(),
    ]);
    const statuses = [process.status, connectors.status];
    const status = statuses.includes('down')
      ? 'down'
      : statuses.includes('degraded')
        ? 'degraded'
        : 'up';
    const parts = { processRuntime: process, connectorRuntime: connectors };
    return jsonAnswer({ status, parts }, status === 'down' ? 503 : 200);
  },
});
