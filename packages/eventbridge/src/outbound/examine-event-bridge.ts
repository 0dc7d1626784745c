import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createMask } from '@bpmn-connectors/sdk';
import { askForBus, type BusVerdict } from './ask-for-bus.ts';
import { createClient } from './create-client.ts';
import { describeBus } from './describe-bus.ts';
import { type EventBridgeOptions, readEventBridgeOptions } from './event-bridge-options.ts';
import { resolveTarget, type TargetInput } from './resolve-target.ts';
import { toConnectorError } from './to-connector-error.ts';
import { watchServerTime } from './watch-server-time.ts';

/** Where jobs put their events, and as whom: the fields of a job's variables. */
export interface EventBridgePlace extends TargetInput {
  /** Names or ARNs. */
  readonly eventBusNames: readonly string[];
}

/** What AWS, or our own side, says of a place. */
export interface EventBridgeReport {
  /** Why AWS could not even be asked; `code` is one of `eventBridgeCodes`, or Node's. */
  readonly problem?: { readonly code: string; readonly message: string };
  readonly region?: string;
  /** The last four characters of the access key's id. */
  readonly accessKeyEnd?: string;
  /** By so many milliseconds our clock is ahead of AWS's (below 0: behind); absent where AWS told no time. */
  readonly clockAheadMs?: number;
  /** `reason` where AWS answered with an error, or not at all. */
  readonly buses: readonly {
    readonly name: string;
    readonly verdict: BusVerdict;
    readonly reason?: string;
  }[];
}

async function askForBuses(
  client: EventBridgeClient,
  names: readonly string[],
  options: { readonly timeoutMs: number; readonly mask: (text: string) => string },
): Promise<EventBridgeReport['buses']> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  const describe = (name: string) => describeBus(client, name, signal);
  return Promise.all(
    [...new Set(names)].map(async (name) => {
      const { verdict, error } = await askForBus(describe, name, signal);
      if (error === undefined) return { name, verdict };
      const { code, message } = toConnectorError(error, options.mask);
      const reason = signal.aborted ? 'there was no answer in time' : `${code}: ${message}`;
      return { name, verdict, reason };
    }),
  );
}

async function examineTarget(
  { eventBusNames, ...input }: EventBridgePlace,
  options: EventBridgeOptions,
): Promise<EventBridgeReport> {
  const settings = readEventBridgeOptions(options);
  const target = resolveTarget(input, settings);
  const client = await createClient(target, settings);
  const serverTime = watchServerTime(client, settings.clock);
  try {
    const { accessKeyId, secretAccessKey, sessionToken = '' } = await client.config.credentials();
    const buses = await askForBuses(client, eventBusNames, {
      timeoutMs: settings.requestTimeoutMs,
      mask: createMask([accessKeyId, secretAccessKey, sessionToken]),
    });
    const clockAheadMs = serverTime.aheadMs();
    return {
      region: target.region,
      accessKeyEnd: accessKeyId.slice(-4),
      ...(clockAheadMs === undefined ? {} : { clockAheadMs }),
      buses,
    };
  } finally {
    client.destroy();
  }
}

/**
 * Looks whether events for a place would arrive: region, credentials, the buses (DescribeEventBus), and our
 * clock against AWS's. No event is put. Never rejects for what is wrong with the place: that is told.
 * @param options as of the connector; one attempt each, 3 s at the most unless they say otherwise.
 * @throws {ConfigurationError} an option is unknown or out of range.
 * @example
 * const { problem, buses } = await examineEventBridge(
 *   { authentication: { type: 'defaultCredentialsChain' }, eventBusNames: ['orders'] },
 *   { defaultRegion: 'eu-central-1' },
 * );
 */
export async function examineEventBridge(
  place: EventBridgePlace,
  options: EventBridgeOptions = {},
): Promise<EventBridgeReport> {
  const limits = { maxAttempts: 1, requestTimeoutMs: 3000, credentialsTimeoutMs: 3000 };
  const settings = { ...limits, ...options };
  readEventBridgeOptions(settings);
  try {
    return await examineTarget(place, settings);
  } catch (error) {
    const { code, message } = toConnectorError(error, (text) => text);
    return { problem: { code, message }, buses: [] };
  }
}
