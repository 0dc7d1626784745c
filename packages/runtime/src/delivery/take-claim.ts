import type { Claims, Clock, Outcome } from '@bpmn-connectors/sdk';
import { within } from '../time/within.ts';

/** Ours to process, or the outcome that there already is. */
export type ClaimDecision =
  | { readonly claimed: true; readonly again: boolean }
  | { readonly claimed: false; readonly outcome: Outcome };

/** What deciding a claim takes. */
export interface ClaimEnvironment {
  readonly claims: Claims;
  readonly clock: Clock;
}

const timeout: Outcome = {
  status: 'unavailable',
  code: 'TIMEOUT',
  message: 'The same delivery is still being processed',
};

/**
 * Claims a delivery. One that was processed is a duplicate; while the first is in flight the second waits
 * for it and gets its outcome, and takes over where the first came to nothing.
 * @param until when the sender has to be answered, in epoch milliseconds.
 */
export async function takeClaim(
  key: string,
  durable: boolean,
  until: number,
  { claims, clock }: ClaimEnvironment,
): Promise<ClaimDecision> {
  for (;;) {
    const claim = await claims.claim(key, durable);
    if (claim.status === 'claimed') return { claimed: true, again: claim.again };
    if (claim.status === 'done') return { claimed: false, outcome: asDuplicate(claim.outcome) };
    const settled = claim.settled.then((outcome) => ({ outcome }));
    const first = await within(settled, until - clock.now(), clock);
    if (first === undefined) return { claimed: false, outcome: timeout };
    if (first.outcome !== undefined) return { claimed: false, outcome: asDuplicate(first.outcome) };
  }
}

function asDuplicate(first: Outcome): Outcome {
  return first.status === 'started' || first.status === 'correlated' || first.status === 'accepted'
    ? { status: 'duplicate', first }
    : first;
}
