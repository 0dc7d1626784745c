import type { EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import type { Clock } from '@bpmn-connectors/sdk';

/** What an operator decides for all models. */
export interface EventBridgeOptions {
  /** Region of models that name none. */
  readonly defaultRegion?: string;
  /** Send everything to this address: a stand-in for AWS, a VPC endpoint. */
  readonly endpoint?: string;
  /**
   * Whether `configuration.endpoint` of a model counts. A model could then send credentials and payloads
   * anywhere, so it is refused unless the models are trusted like the operator. @default false
   */
  readonly allowEndpointOverride?: boolean;
  /** Attempts of one call, the first included; throttling and server errors are tried again. @default 3 */
  readonly maxAttempts?: number;
  /** Milliseconds for one attempt. @default 10000 */
  readonly requestTimeoutMs?: number;
  /** Milliseconds for the default chain to come up with credentials. @default 5000 */
  readonly credentialsTimeoutMs?: number;
  /** Clients kept open, one for each region, credentials and endpoint. @default 50 */
  readonly maxClients?: number;
  /** Further settings of the AWS client: a proxy, FIPS endpoints. */
  readonly clientOptions?: Pick<
    EventBridgeClientConfig,
    'requestHandler' | 'retryMode' | 'useDualstackEndpoint' | 'useFipsEndpoint'
  >;
  readonly clock?: Clock;
}
