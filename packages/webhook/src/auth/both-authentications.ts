import type { AuthContext, Authenticator, AuthVerdict, Presented } from './authenticator.ts';

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
    authenticate: (
      presented: Presented,
      context: AuthContext,
    ): AuthVerdict | Promise<AuthVerdict> => {
      const verdict = first.authenticate(presented, context);
      return verdict instanceof Promise
        ? verdict.then((settled) => continueWith(settled, second, presented, context))
        : continueWith(verdict, second, presented, context);
    },
  };
}

const continueWith = (
  verdict: AuthVerdict,
  second: Authenticator,
  presented: Presented,
  context: AuthContext,
): AuthVerdict | Promise<AuthVerdict> =>
  verdict.status === 'verified' ? second.authenticate(presented, context) : verdict;
