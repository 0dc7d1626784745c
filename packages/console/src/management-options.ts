import type { ConnectorRuntime } from '@bpmn-connectors/runtime';
import type { Deployment, Logger, ProcessRuntime, Resource } from '@bpmn-connectors/sdk';
import type { Metrics } from './metrics/create-metrics.ts';

/** What the management API asks of a connector runtime. */
export type ManagedConnectorRuntime = Pick<
  ConnectorRuntime,
  'health' | 'endpoints' | 'deliveries' | 'deadLetters' | 'deadLetter' | 'replay'
>;

/** A deployed process and the webhooks that came with it. */
export interface DeployedProcess extends Deployment {
  /** Webhook ids. */
  readonly endpoints: readonly string[];
}

/** Element templates for modelers that take them over HTTP. */
export interface ServedTemplates {
  /** Versions by template id, with absolute URLs that begin with this one. */
  index(baseUrl: string): object;
  /** Content of a file that the index names; undefined where there is none. */
  file(name: string): string | undefined;
}

/** What the management API shows and how it is guarded. */
export interface ManagementOptions {
  /** Shown at `/health` and `/api/instances`; 501 for what it cannot do. */
  readonly processRuntime: ProcessRuntime;
  readonly connectorRuntime: ManagedConnectorRuntime;
  /**
   * Values of the `Host` header that are answered, with port where it is not the scheme's default:
   * `localhost:8090`. All others are refused, because a web page can make a browser call a loopback
   * address under a name of its own (DNS rebinding). See {@link loopbackAuthorities}.
   */
  readonly authorities: readonly string[];
  /**
   * Whether any IP address is answered too, as scrapers and probes call it: rebinding needs a name.
   * @default false
   */
  readonly addresses?: boolean;
  /** Asked for as `Authorization: Bearer`, except at `/health/*`. Needed wherever others can connect. */
  readonly token?: string;
  /**
   * Takes models. Without it `POST /api/deployments` is 501.
   * @throws {ConfigurationError} with all problems: answered with 422.
   */
  readonly deploy?: (resources: readonly Resource[]) => Promise<readonly DeployedProcess[]>;
  /** Served at `/metrics`; 501 without. */
  readonly metrics?: Metrics;
  /** Served at `/element-templates/`, without token: nothing of an operator is in them. 501 without. */
  readonly templates?: ServedTemplates;
  /** Is told what went wrong inside. */
  readonly logger?: Logger;
  /** Largest body of a deployment. @default 4194304 */
  readonly maxBodyBytes?: number;
  /** Milliseconds a client has for sending a body. @default 30000 */
  readonly bodyTimeoutMs?: number;
}
