import type { HttpAnswer } from '@bpmn-connectors/sdk';

/** What makes a sender come again comes first: what is in already is a duplicate then. */
const rank = ({ status }: HttpAnswer): number => {
  if (status === 503 || status === 429) return 2;
  return status >= 400 ? 1 : 0;
};

/** One answer for the events of a batch: the one that asks most of the sender. */
export function worstOf(answers: readonly HttpAnswer[]): HttpAnswer {
  let worst: HttpAnswer = answers[0] ?? { status: 200, headers: {} };
  for (const answer of answers) if (rank(answer) > rank(worst)) worst = answer;
  return worst;
}
