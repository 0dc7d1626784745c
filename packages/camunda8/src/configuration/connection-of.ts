import type { Clock } from '@bpmn-connectors/sdk';
import { basicCredentials } from '../credentials/basic-credentials.ts';
import type { Credentials } from '../credentials/credentials.ts';
import { oauthCredentials } from '../credentials/oauth-credentials.ts';
import type { ConnectionOptions } from '../gateway/connection-options.ts';
import type { ResolvedSettings } from './camunda8-settings.ts';

/** Of addresses without a port. */
const defaultPorts = { plain: '26500', tls: '443' };

function credentialsOf({ auth }: ResolvedSettings, clock: Clock): Credentials | undefined {
  if (auth.method === 'basic') return basicCredentials(auth.username, auth.password);
  if (auth.method === 'oauth') return oauthCredentials(auth, clock);
  return undefined;
}

/** How to reach the gateway by these settings. */
export function connectionOf(settings: ResolvedSettings, clock: Clock): ConnectionOptions {
  const { grpcAddress, requestTimeoutMs } = settings;
  const [, scheme, rest = ''] = /^(?:(\w+):\/\/)?(.*?)\/*$/.exec(grpcAddress) ?? [];
  const isTls = scheme === 'https' || scheme === 'grpcs';
  const port = isTls ? defaultPorts.tls : defaultPorts.plain;
  return {
    target: /:\d+$/.test(rest) ? rest : `${rest}:${port}`,
    tls: isTls ? (settings.tls ?? {}) : undefined,
    credentials: credentialsOf(settings, clock),
    requestTimeoutMs,
  };
}
