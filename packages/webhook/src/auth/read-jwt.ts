import { compile } from '@bpmn-connectors/feel';
import { parseDuration } from '@bpmn-connectors/sdk';
import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import type { Authenticator } from './authenticator.ts';
import type { KeySets } from './create-key-sets.ts';
import { createRoleCheck, type RoleCheck } from './create-role-check.ts';
import { type JwtRules, jwtAuthentication } from './jwt-authentication.ts';
import type { PrivateHosts } from './private-hosts.ts';
import { readJwksUrl } from './read-jwks-url.ts';
import { addFeelProblem, readList, readValues } from './read-values.ts';

type Properties = Readonly<Record<string, string>>;

/** Signatures by a private key. No HMAC: its key would be the public one. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;
const defaultToleranceMs = 30_000;

/** Makes JWT authentication of the properties `inbound.auth.jwt.*`. */
export function readJwt(
  properties: Properties,
  keySets: KeySets,
  privateHosts: PrivateHosts,
  problems: ProblemCollector,
): Authenticator | undefined {
  const url = readJwksUrl(properties, privateHosts, problems);
  const rules = readRules(properties, problems);
  return url === undefined || rules === undefined
    ? undefined
    : jwtAuthentication(rules, keySets.get(url));
}

function readRules(properties: Properties, problems: ProblemCollector): JwtRules | undefined {
  const issuers = readValues(properties, 'inbound.auth.jwt.issuer', problems);
  const audiences = readValues(properties, 'inbound.auth.jwt.audience', problems);
  const accepted = readAlgorithms(properties, problems);
  const clockToleranceMs = readTolerance(properties, problems);
  const roles = readRoles(properties, problems);
  if (issuers === undefined || audiences === undefined || accepted === undefined) return undefined;
  if (clockToleranceMs === undefined || roles === undefined) return undefined;
  const { warnings, ...check } = roles;
  const unbound =
    audiences.length > 0
      ? []
      : ['Tokens for any audience are taken: set inbound.auth.jwt.audience'];
  return {
    algorithms: accepted,
    issuers,
    audiences,
    clockToleranceMs,
    ...check,
    warnings: [...unbound, ...warnings],
  };
}

/** Those that a webhook takes; undefined when a problem was added. */
export function readAlgorithms(
  properties: Properties,
  problems: ProblemCollector,
): readonly string[] | undefined {
  const name = 'inbound.auth.jwt.algorithms';
  const listed = readList(properties, name, problems);
  if (listed === undefined || listed.length === 0) return listed && algorithms;
  const known: ReadonlySet<string> = new Set(algorithms);
  if (listed.every((algorithm) => known.has(algorithm))) return listed;
  problems.add(name, 'it names an algorithm that is not taken', `Use ${algorithms.join(', ')}`);
  return undefined;
}

function readTolerance(properties: Properties, problems: ProblemCollector): number | undefined {
  const name = 'inbound.auth.jwt.clockTolerance';
  const text = properties[name]?.trim() ?? '';
  const toleranceMs = text === '' ? defaultToleranceMs : parseDuration(text);
  if (toleranceMs === undefined) {
    problems.add(name, 'it is no duration', 'Write an ISO 8601 duration: PT30S');
  }
  return toleranceMs;
}

function readRoles(properties: Properties, problems: ProblemCollector): RoleCheck | undefined {
  const required = readList(properties, 'inbound.auth.jwt.requiredPermissions', problems);
  const mode = readMode(properties, problems);
  const name = 'inbound.auth.jwt.permissionsExpression';
  const source = (properties[name] ?? '').trim().replace(/^=/, '').trim();
  if (required === undefined || mode === undefined) return undefined;
  if (source === '' && required.length > 0) {
    problems.add(name, 'roles are required, but nothing says where to find them', 'Set it: =roles');
    return undefined;
  }
  try {
    const expression = source === '' ? undefined : compile(`=${source}`);
    return createRoleCheck(expression, required, mode || undefined);
  } catch (error) {
    addFeelProblem(name, error, problems);
    return undefined;
  }
}

function readMode(
  properties: Properties,
  problems: ProblemCollector,
): 'any' | 'all' | '' | undefined {
  const name = 'inbound.auth.jwt.requiredPermissionsMode';
  const mode = (properties[name] ?? '').trim().toLowerCase();
  if (mode === '' || mode === 'any' || mode === 'all') return mode;
  problems.add(name, 'there is no such mode', 'Use any or all');
  return undefined;
}
