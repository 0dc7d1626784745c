import { defineRoute, noParameters } from '../define-route.ts';
import { problem } from '../problem.ts';

/** Figures for Prometheus. */
export const getMetrics = defineRoute({
  method: 'GET',
  path: '/metrics',
  summary: 'Figures in the text format of Prometheus',
  query: noParameters,
  answer: { status: 200 },
  problems: [501],
  handle: async ({ options: { metrics } }) =>
    metrics === undefined
      ? problem('NOT_SUPPORTED', { detail: 'no metrics are kept' })
      : {
          status: 200,
          headers: { 'content-type': metrics.contentType },
          body: await metrics.text(),
        },
});
