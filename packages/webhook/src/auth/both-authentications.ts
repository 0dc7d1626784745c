import type { Clock } from '@bpmn-connectors/sdk';
import type { Authenticator, AuthVerdict, Presented } from './authenticator.ts';

/** Demands both: a signature first, which needs no look into anything, then credentials. */
export function bothAuthentications(first: Authenticator, second: Authenticator): Authenticator {
  const messageId = first.messageId ?? second.messageId;
  return {
    scheme: `${first.scheme} and ${second.scheme}`,
    challenge: second.challenge,
    readsBody: first.readsBody || second.readsBody,
    secrets: [...first.secrets, ...second.secrets],
    warnings: [...first.warnings, ...second.warnings],
    ...(messageId === undefined ? {} : { messageId }),
    authenticate: (presented: Presented, clock: Clock): AuthVerdict | Promise<AuthVerdict> => {
      const verdict = first.authenticate(presented, clock);
      return verdict instanceof Promise
        ? verdict.then((settled) => continueWith(settled, second, presented, clock))
        : continueWith(verdict, second, presented, clock);
    },
  };
}

const continueWith = (
  verdict: AuthVerdict,
  second: Authenticator,
  presented: Presented,
  clock: Clock,
): AuthVerdict | Promise<AuthVerdict> =>
  verdict.status === 'verified' ? second.authenticate(presented, clock) : verdict;
