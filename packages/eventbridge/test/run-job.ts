import {
  type EventBridgeOptions,
  eventBridge,
  eventBridgeDefinition,
} from '@bpmn-connectors/eventbridge/outbound';
import {
  bind,
  type ConnectorError,
  isConnectorError,
  type JsonObject,
  type JsonValue,
  type Logger,
  type OutboundConnector,
  silentLogger,
  type TraceContext,
} from '@bpmn-connectors/sdk';
import {
  type LocalEventBridge,
  type LocalEventBridgeOptions,
  startLocalEventBridge,
} from '@bpmn-connectors/testing';
import { afterEach } from '@jest/globals';
import { jobOf } from './job-of.ts';

/** What ends when the test has ended, the last first. */
export const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A stand-in for EventBridge that ends with the test. */
export async function startBridge(options?: LocalEventBridgeOptions): Promise<LocalEventBridge> {
  const bridge = await startLocalEventBridge(options);
  endings.push(() => bridge.close());
  return bridge;
}

/** A connector that ends with the test. */
export function connect(options: EventBridgeOptions): OutboundConnector {
  const connector = eventBridge(options);
  endings.push(() => connector.close?.());
  return connector;
}

export const event = {
  source: 'shop.orders',
  detailType: 'OrderCreated',
  eventBusName: 'default',
  detail: { id: 1 },
};
export const keys = {
  type: 'credentials',
  accessKey: 'AKIATESTKEY',
  secretKey: 'very-secret-key',
};

/** Variables of a job, with these in the place of the usual ones. */
export const variablesWith = (changes: JsonObject = {}): JsonObject => ({
  authentication: keys,
  configuration: { region: 'us-east-1' },
  input: event,
  ...changes,
});

/** What a job is run with. */
export interface RunOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly logger?: Logger;
  readonly trace?: TraceContext;
}

/** Binds and executes as the connector runtime does. */
export async function run(
  connector: OutboundConnector,
  variables: JsonObject,
  options: RunOptions = {},
): Promise<JsonValue> {
  const { headers = {}, signal = new AbortController().signal, logger = silentLogger } = options;
  const { trace } = options;
  const job = jobOf(variables, headers);
  return connector.execute(bind(eventBridgeDefinition.input, variables), {
    signal,
    job,
    logger,
    ...(trace === undefined ? {} : { trace }),
  });
}

/** The error that a run ends with. */
export async function failure(result: Promise<unknown>): Promise<ConnectorError> {
  const error = await result.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!isConnectorError(error)) throw error;
  return error;
}

/** Lets what can happen without time passing happen, until this is so. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
