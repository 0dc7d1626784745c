import type { AuthenticationInput, EventBridgeInput } from './event-bridge-definition.ts';
import type { EventBridgeSettings } from './event-bridge-options.ts';
import { ownError } from './own-error.ts';

/** An access key. Without one the default chain is asked. */
export interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where a call goes and as whom: what makes a client. */
export interface Target {
  readonly region: string;
  readonly credentials?: StaticCredentials;
  readonly endpoint?: string;
}

/** What of a job's variables makes a target. */
export type TargetInput = Pick<
  EventBridgeInput,
  'authentication' | 'configuration' | 'awsCredential'
>;

/** A label of a host name (RFC 1123): the region becomes part of the address. */
const hostLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

function regionOf(input: TargetInput, settings: EventBridgeSettings): string {
  const region =
    input.awsCredential?.region ?? input.configuration?.region ?? settings.defaultRegion;
  if (region === undefined) throw ownError('REGION_MISSING');
  if (!hostLabel.test(region)) throw ownError('REGION_INVALID');
  return region;
}

/** @throws {ConnectorError} `ENDPOINT_INVALID` */
export function checkEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const sound =
    url !== undefined &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    [url.username, url.password, url.search, url.hash].every((part) => part === '');
  if (!sound) throw ownError('ENDPOINT_INVALID');
  return endpoint;
}

function endpointOf(input: TargetInput, settings: EventBridgeSettings): string | undefined {
  const wanted = input.configuration?.endpoint?.trim() ?? '';
  if (wanted === '') return settings.endpoint;
  if (!settings.allowEndpointOverride) throw ownError('ENDPOINT_REFUSED');
  return checkEndpoint(wanted);
}

function credentialsOf(
  authentication: AuthenticationInput | undefined,
): StaticCredentials | undefined {
  if (authentication === undefined || authentication.type === 'defaultCredentialsChain') {
    return undefined;
  }
  const { accessKey, secretKey, sessionToken } = authentication;
  return {
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

/**
 * Region, credentials and endpoint of a job: Camunda's credential configuration before the model's own
 * fields, these before the operator's defaults.
 * @throws {ConnectorError} `REGION_MISSING` | `REGION_INVALID` | `ENDPOINT_REFUSED` | `ENDPOINT_INVALID`
 */
export function resolveTarget(input: TargetInput, settings: EventBridgeSettings): Target {
  const region = regionOf(input, settings);
  const endpoint = endpointOf(input, settings);
  const credentials = credentialsOf(input.awsCredential?.authentication ?? input.authentication);
  return {
    region,
    ...(credentials === undefined ? {} : { credentials }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
