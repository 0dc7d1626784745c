import type { Outcome } from '@bpmn-connectors/sdk';

/** What of an outcome is remembered: never variables, which are payload. */
export function rememberedOutcome(outcome: Outcome): Outcome {
  if (outcome.status === 'started' || outcome.status === 'correlated') {
    const { variables: _, ...rest } = outcome;
    return rest;
  }
  return outcome.status === 'duplicate' && outcome.first !== undefined ? outcome.first : outcome;
}
