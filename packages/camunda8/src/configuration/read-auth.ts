import { ConfigurationError } from '@bpmn-connectors/sdk';
import type { Camunda8Settings } from './camunda8-settings.ts';
import { type EnvironmentTopic, environmentNames } from './environment-names.ts';
import type { FindSetting } from './options-from-environment.ts';

type Auth = NonNullable<Camunda8Settings['auth']>;

/** Of Camunda's cloud. */
const cloud = { url: 'https://login.cloud.camunda.io/oauth/token', audience: 'zeebe.camunda.io' };

const methods: Readonly<Record<string, Auth['method']>> = {
  none: 'none',
  basic: 'basic',
  oauth: 'oauth',
  oidc: 'oauth',
};

function methodOf(find: FindSetting): Auth['method'] {
  const given = find('method');
  if (find('oauthDisabled')?.value.toLowerCase() === 'true') return 'none';
  if (given === undefined) {
    if (find('clientId') !== undefined) return 'oauth';
    return find('username') === undefined ? 'none' : 'basic';
  }
  const method = methods[given.value.toLowerCase()];
  if (method !== undefined) return method;
  throw new ConfigurationError([
    {
      where: `environment / ${given.name}`,
      reason: `the method ${given.value} is not supported`,
      fix: 'Use NONE, BASIC or OAUTH',
    },
  ]);
}

const missing = (method: string, topics: readonly EnvironmentTopic[]): ConfigurationError =>
  new ConfigurationError(
    topics.map((topic) => ({
      where: `environment / ${environmentNames[topic].join(' or ')}`,
      reason: `it is not set, and authentication by ${method} needs it`,
      fix: 'Set it, or CAMUNDA_AUTH_STRATEGY=NONE',
    })),
  );

function readBasic(find: FindSetting): Auth {
  const [username, password] = [find('username'), find('password')];
  if (username !== undefined && password !== undefined)
    return { method: 'basic', username: username.value, password: password.value };
  throw missing('BASIC', [
    ...(username === undefined ? (['username'] as const) : []),
    ...(password === undefined ? (['password'] as const) : []),
  ]);
}

function readOAuth(find: FindSetting, isCloud: boolean): Auth {
  const [clientId, clientSecret, scope] = [find('clientId'), find('clientSecret'), find('scope')];
  const url = find('oauthUrl')?.value ?? (isCloud ? cloud.url : undefined);
  const audience = find('audience')?.value ?? (isCloud ? cloud.audience : undefined);
  if (clientId === undefined || clientSecret === undefined || url === undefined)
    throw missing('OAUTH', [
      ...(clientId === undefined ? (['clientId'] as const) : []),
      ...(clientSecret === undefined ? (['clientSecret'] as const) : []),
      ...(url === undefined ? (['oauthUrl'] as const) : []),
    ]);
  return {
    method: 'oauth',
    url,
    clientId: clientId.value,
    clientSecret: clientSecret.value,
    ...(audience === undefined ? {} : { audience }),
    ...(scope === undefined ? {} : { scope: scope.value }),
  };
}

/**
 * How we prove who we are: as the method says, else by what is there (a client id, a user name).
 * @throws {ConfigurationError} naming all variables that are missing.
 */
export function readAuth(find: FindSetting, isCloud: boolean): Auth {
  const method = methodOf(find);
  if (method === 'basic') return readBasic(find);
  return method === 'oauth' ? readOAuth(find, isCloud) : { method: 'none' };
}
