import { defineRoute, noParameters } from '../define-route.ts';
import { jsonAnswer } from '../json-answer.ts';
import { problem } from '../problem.ts';
import { deadLetterDetailSchema } from '../views/dead-letter-view.ts';

/** One dead letter with what was received and each step's decision. */
export const getDeadLetter = defineRoute({
  method: 'GET',
  path: '/api/dead-letters/{id}',
  summary: 'A dead letter: what was received and how far it comes now',
  query: noParameters,
  answer: { status: 200, schema: deadLetterDetailSchema },
  problems: [404],
  handle: async ({ options: { connectorRuntime }, id }) => {
    const letter = await connectorRuntime.deadLetter(id);
    return letter === undefined ? problem('NOT_FOUND') : jsonAnswer(letter);
  },
});
