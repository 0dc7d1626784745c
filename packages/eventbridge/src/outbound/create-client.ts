import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Clock } from '@bpmn-connectors/sdk';
import type { EventBridgeSettings } from './event-bridge-options.ts';
import { ownError } from './own-error.ts';
import type { StaticCredentials, Target } from './resolve-target.ts';

type CredentialsProvider = () => Promise<StaticCredentials>;

/** Where instance metadata is filtered away the chain hangs for long; a job shall not. */
function withDeadline(
  provider: CredentialsProvider,
  timeoutMs: number,
  clock: Clock,
): CredentialsProvider {
  return () =>
    new Promise((resolve, reject) => {
      const cancel = clock.schedule(timeoutMs, () => reject(ownError('CREDENTIALS_UNAVAILABLE')));
      provider()
        .then(resolve, (cause: unknown) => {
          reject(ownError('CREDENTIALS_UNAVAILABLE', { cause }));
        })
        .finally(cancel);
    });
}

async function defaultChain(
  region: string,
  { credentialsTimeoutMs, clock }: EventBridgeSettings,
): Promise<CredentialsProvider> {
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  const provider = fromNodeProviderChain({ clientConfig: { region } });
  return withDeadline(() => provider(), credentialsTimeoutMs, clock);
}

/** Makes the AWS client of a target. The AWS SDK is loaded here, not before the first job needs it. */
export async function createClient(
  { region, credentials, endpoint }: Target,
  settings: EventBridgeSettings,
): Promise<EventBridgeClient> {
  const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
  return new EventBridgeClient({
    requestHandler: {
      requestTimeout: settings.requestTimeoutMs,
      // Without it the handler only warns and waits on.
      throwOnRequestTimeout: true,
      // The other ends with the headers: an answer may stand still after them.
      socketTimeout: settings.requestTimeoutMs,
    },
    ...settings.clientOptions,
    region,
    credentials: credentials ?? (await defaultChain(region, settings)),
    maxAttempts: settings.maxAttempts,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}
