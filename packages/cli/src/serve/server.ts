import type { EndpointView } from '@bpmn-connectors/runtime';
import type { ProcessRuntime } from '@bpmn-connectors/sdk';
import type { StructureInput } from '../configuration/structure-schema.ts';

/** A running program: webhooks on one port, the management API on another. */
export interface Server {
  /** Where webhooks are listened to: `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly managementUrl: string;
  /** Folder of the durable state. */
  readonly data: string;
  readonly processRuntime: ProcessRuntime;
  /** The inbound elements as they are now. */
  endpoints(): readonly EndpointView[];
  /**
   * Serves these endpoints of the configuration instead of those there were.
   * @throws {ConfigurationError} one of them cannot be served: then all stay as they were.
   */
  reload(endpoints: NonNullable<StructureInput['endpoints']>): Promise<void>;
  /** Answers 503 from now on, finishes what is in flight (each part at most 12 s, all 25 s), and ends. */
  close(): Promise<void>;
}
