import type { HttpAnswer } from '@bpmn-connectors/sdk';

/** Answers with JSON. */
export const jsonAnswer = (body: unknown, status = 200): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
