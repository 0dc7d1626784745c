import type { EventBridgeClient, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { createBatcher } from './create-batcher.ts';
import { type BusCheckContext, createBusCheck } from './create-bus-check.ts';
import { createRateLimit } from './create-rate-limit.ts';
import { describeBus } from './describe-bus.ts';
import type { EventBridgeSettings } from './event-bridge-options.ts';
import { maskOf } from './mask-of.ts';
import { sendParcel } from './parcel.ts';
import { type PutEventsAnswer, putEvents } from './put-events.ts';
import { resendRejected } from './resend-rejected.ts';
import type { Target } from './resolve-target.ts';
import { type Call, sendBatch } from './send-batch.ts';
import { toConnectorError } from './to-connector-error.ts';

/** Puts the events of jobs on the buses that one client reaches. */
export interface Sender {
  /**
   * Rejects with what concerns this job; entries that AWS refused are results.
   * @throws {ConnectorError} a code of AWS or one of `eventBridgeCodes`.
   */
  send(
    entries: readonly PutEventsRequestEntry[],
    context: BusCheckContext,
  ): Promise<PutEventsAnswer>;
  destroy(): void;
}

/** Makes what the jobs of a client share: its calls, its knowledge of buses, its rate. */
export function createSender(
  client: EventBridgeClient,
  target: Target,
  settings: EventBridgeSettings,
): Sender {
  const { clock, coalesce, maxAttempts, rateLimit } = settings;
  const call: Call = (entries, signal) =>
    putEvents(client, entries, signal).catch((error: unknown) => {
      // The text is told to every job of the call: no payload of any may be in it.
      throw toConnectorError(error, maskOf(target, entries));
    });
  const hand = createBatcher((batch) => sendBatch(batch, call), coalesce, clock);
  const checkBuses = settings.checkEventBus
    ? createBusCheck((name, signal) => describeBus(client, name, signal), target.region, clock)
    : undefined;
  const limit = rateLimit === undefined ? undefined : createRateLimit(rateLimit, clock);

  return {
    send: async (entries, context) => {
      const { signal } = context;
      const buses = entries.map(({ EventBusName = 'default' }) => EventBusName);
      const asking = checkBuses?.(buses, context);
      if (asking !== undefined) await asking;
      const put = async (some: readonly PutEventsRequestEntry[]): Promise<PutEventsAnswer> => {
        const turn = limit?.(some.length, signal);
        if (turn !== undefined) await turn;
        return sendParcel(some, signal, hand);
      };
      return resendRejected(entries, put, { maxAttempts, clock, signal });
    },
    destroy: () => client.destroy(),
  };
}
