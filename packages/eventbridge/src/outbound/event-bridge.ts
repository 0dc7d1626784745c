import { createHash } from 'node:crypto';
import type {
  EventBridgeClient,
  PutEventsRequestEntry,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import {
  ConnectorError,
  createMask,
  implement,
  type Job,
  type JsonObject,
  type OutboundConnector,
} from '@bpmn-connectors/sdk';
import { createClientCache } from './client-cache.ts';
import { createClient } from './create-client.ts';
import { eventBridgeDefinition } from './event-bridge-definition.ts';
import type { EventBridgeOptions } from './event-bridge-options.ts';
import { ownError } from './own-error.ts';
import { type PutEventsAnswer, putEvents } from './put-events.ts';
import { checkEndpoint, resolveTarget, type Target } from './resolve-target.ts';
import { isRetryableName, toConnectorError } from './to-connector-error.ts';
import { toEntry } from './to-entry.ts';
import { toResult } from './to-result.ts';

/** Clients are told apart by a digest, so that no key of the cache is a credential. */
const keyOf = ({ region, credentials, endpoint }: Target): string =>
  createHash('sha256')
    .update(JSON.stringify([region, endpoint, credentials]))
    .digest('base64');

/** Made only when there is something to mask: the detail may be long. */
const maskOf =
  ({ credentials }: Target, entry: PutEventsRequestEntry) =>
  (text: string): string => {
    const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = credentials ?? {};
    return createMask([accessKeyId, secretAccessKey, sessionToken, entry.Detail ?? ''])(text);
  };

const failsOnRejectedEntry = ({ customHeaders }: Job): boolean =>
  customHeaders['failOnRejectedEntry']?.trim().toLowerCase() !== 'false';

function rejectedEntry(
  { ErrorCode = 'UNKNOWN', ErrorMessage = '' }: PutEventsResultEntry,
  result: JsonObject,
  mask: (text: string) => string,
): ConnectorError {
  const text = mask(ErrorMessage) || 'no reason given';
  return new ConnectorError(ErrorCode, `EventBridge refused the event: ${text}`, {
    retryable: isRetryableName(ErrorCode),
    result,
  });
}

/**
 * The EventBridge connector: each job puts one event on a bus. The AWS SDK is loaded with the first job.
 * A refused entry fails the job with the entry's own code, unless the element has the header
 * `failOnRejectedEntry` = `false`; then it completes with `failedEntryCount` 1, as Camunda's does.
 * Delivery is at least once: a call whose answer was lost is made again with the job's next attempt.
 * @throws {ConnectorError} `ENDPOINT_INVALID` the operator's endpoint is no URL.
 * @example
 * const outbound = createOutbound({ connectors: [eventBridge({ defaultRegion: 'eu-central-1' })], secrets });
 */
export function eventBridge(options: EventBridgeOptions = {}): OutboundConnector {
  if (options.endpoint !== undefined) checkEndpoint(options.endpoint);
  const clients = createClientCache<EventBridgeClient>(options.maxClients ?? 50, (client) =>
    client.destroy(),
  );
  let closed = false;

  const send = (
    target: Target,
    entry: PutEventsRequestEntry,
    signal: AbortSignal,
  ): Promise<PutEventsAnswer> =>
    clients.use(
      keyOf(target),
      () => createClient(target, options),
      (client) => putEvents(client, [entry], signal),
    );

  return implement(
    eventBridgeDefinition,
    async (input, { signal, job }) => {
      if (closed) throw ownError('CONNECTOR_CLOSED');
      const target = resolveTarget(input, options);
      const entry = toEntry(input);
      const mask = maskOf(target, entry);
      const answer = await send(target, entry, signal).catch((error: unknown) => {
        throw toConnectorError(error, mask);
      });
      const [own = {}] = answer.entries;
      const result = toResult(answer, own);
      if (own.ErrorCode !== undefined && failsOnRejectedEntry(job)) {
        throw rejectedEntry(own, result, mask);
      }
      return result;
    },
    async () => {
      closed = true;
      clients.close();
    },
  );
}
