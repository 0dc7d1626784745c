import { z } from 'zod';
import { defineRoute, noParameters } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { problem } from '../problem.ts';

/** Runs a dead letter again; it is gone once it succeeds. */
export const replayDeadLetter = defineRoute({
  method: 'POST',
  path: '/api/dead-letters/{id}/replay',
  summary: 'Process a dead letter again; it is gone once that succeeds',
  query: noParameters,
  answer: {
    status: 200,
    schema: z.object({ outcome: z.string(), reason: z.string().optional() }),
  },
  problems: [404, 415],
  handle: async ({ options: { connectorRuntime }, id }) => {
    const result = await connectorRuntime.replay(id);
    return result === undefined ? problem('NOT_FOUND') : jsonAnswer(result);
  },
});
