import type { AuthContext, Authenticator, AuthVerdict, Presented } from '../auth/authenticator.ts';
import { refuse, type StepResult } from './refused.ts';

/** Checks credentials. Whatever is wrong with them, the sender gets the same answer. */
export async function authenticate(
  authenticator: Authenticator,
  presented: Presented,
  context: AuthContext,
): Promise<StepResult<true>> {
  // A promise is waited for only where there is one: most schemes decide at once.
  const pending = authenticator.authenticate(presented, context);
  return toStep(pending instanceof Promise ? await pending : pending, authenticator.challenge);
}

/** A 401 of this webhook. */
export const unauthorized = (challenge: string, reason: string): StepResult<never> =>
  refuse('authenticate', 'UNAUTHORIZED', {
    reason,
    headers: { 'www-authenticate': challenge },
  });

function toStep(verdict: AuthVerdict, challenge: string): StepResult<true> {
  switch (verdict.status) {
    case 'verified':
      return { value: true };
    case 'refused':
      return unauthorized(challenge, verdict.reason);
    case 'forbidden':
      return refuse('authenticate', 'FORBIDDEN', { reason: verdict.reason });
    case 'unavailable':
      return refuse('authenticate', 'AUTHENTICATION_UNAVAILABLE', { reason: verdict.reason });
  }
}
