import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { listParameters } from '../list-parameters.ts';
import { deadLetterViewSchema } from '../views/dead-letter-view.ts';
import { pageOf } from '../views/page-view.ts';

/** Events that could not be processed. */
export const listDeadLetters = defineRoute({
  method: 'GET',
  path: '/api/dead-letters',
  summary: 'Authentic events that could not be processed',
  query: z.strictObject({
    webhookId: z.string().min(1).max(256).exactOptional(),
    ...listParameters,
  }),
  answer: { status: 200, schema: pageOf(deadLetterViewSchema) },
  problems: [],
  handle: async ({ options: { connectorRuntime }, query }) =>
    jsonAnswer(await connectorRuntime.deadLetters(query)),
});
