import assert from 'node:assert/strict';
import type { InboundTarget, JsonObject, Outcome, Started } from '@bpmn-connectors/sdk';

/** Asserts how a command ended. */
export function expectStatus<Status extends Outcome['status']>(
  outcome: Outcome,
  ...statuses: readonly Status[]
): asserts outcome is Extract<Outcome, { status: Status }> {
  const expected: readonly string[] = statuses;
  const fits = expected.includes(outcome.status);
  assert.ok(fits, `expected ${expected.join(' or ')}, got ${JSON.stringify(outcome)}`);
}

/** Starts an instance at `start`. */
export async function startInstance(
  target: InboundTarget,
  processId: string,
  variables: JsonObject = {},
): Promise<Started> {
  const outcome = await target.send({ kind: 'start', processId, elementId: 'start', variables });
  expectStatus(outcome, 'started');
  return outcome;
}
