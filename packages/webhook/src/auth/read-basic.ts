import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import type { Authenticator } from './authenticator.ts';
import { basicAuthentication } from './basic-authentication.ts';
import { readValues } from './read-values.ts';

/** Makes HTTP Basic authentication of `inbound.auth.username` and `inbound.auth.password`. */
export function readBasic(
  properties: Readonly<Record<string, string>>,
  problems: ProblemCollector,
): Authenticator | undefined {
  const names = readValues(properties, 'inbound.auth.username', problems);
  const passwords = readValues(properties, 'inbound.auth.password', problems);
  const [username] = names ?? [];
  if (names?.length === 0) problems.add('inbound.auth.username', 'it is empty', 'Set a user name');
  if (names !== undefined && (names.length > 1 || username?.includes(':'))) {
    problems.add(
      'inbound.auth.username',
      'it is a list or holds a colon',
      'Set one user name without ":" (RFC 7617)',
    );
  }
  if (passwords?.length === 0) {
    problems.add('inbound.auth.password', 'it is empty', 'Set a password: {{secrets.NAME}}');
  }
  return username === undefined || passwords === undefined
    ? undefined
    : basicAuthentication(username, passwords);
}
