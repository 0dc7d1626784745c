import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { listParameters } from '../list-parameters.ts';
import { deliveryViewSchema } from '../views/delivery-view.ts';
import { pageOf } from '../views/page-view.ts';

/** The newest deliveries, from memory. */
export const listDeliveries = defineRoute({
  method: 'GET',
  path: '/api/deliveries',
  summary: 'The newest deliveries; forgotten at a restart',
  query: z.strictObject({
    webhookId: z.string().min(1).max(256).exactOptional(),
    outcome: z.string().min(1).max(64).exactOptional(),
    ...listParameters,
  }),
  answer: { status: 200, schema: pageOf(deliveryViewSchema) },
  problems: [],
  handle: async ({ options: { connectorRuntime }, query }) =>
    jsonAnswer(await connectorRuntime.deliveries(query)),
});
