import { hash } from 'node:crypto';
import type { PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import {
  ConnectorError,
  implement,
  type Job,
  type JsonObject,
  type OutboundConnector,
} from '@bpmn-connectors/sdk';
import { awsErrorOf } from './aws-errors.ts';
import { createClientCache } from './client-cache.ts';
import { createClient } from './create-client.ts';
import { createSender, type Sender } from './create-sender.ts';
import { eventBridgeDefinition } from './event-bridge-definition.ts';
import {
  type EventBridgeOptions,
  type EventBridgeSettings,
  readEventBridgeOptions,
} from './event-bridge-options.ts';
import { maskOf } from './mask-of.ts';
import { ownError } from './own-error.ts';
import { checkEndpoint, resolveTarget, type Target } from './resolve-target.ts';
import { toConnectorError } from './to-connector-error.ts';
import { type JobKeyMember, toEntries } from './to-entries.ts';
import { toResult } from './to-result.ts';
import { toTraceHeader } from './to-trace-header.ts';

/** Clients are told apart by a digest, so that no key of the cache is a credential. */
const keyOf = ({ region, credentials, endpoint }: Target): string =>
  hash('sha256', JSON.stringify([region, endpoint, credentials]), 'base64');

const failsOnRejectedEntry = ({ customHeaders }: Job): boolean =>
  customHeaders['failOnRejectedEntry']?.trim().toLowerCase() !== 'false';

const jobKeyMember = ({ jobKeyIn }: EventBridgeSettings, { key }: Job): JobKeyMember | undefined =>
  jobKeyIn === undefined ? undefined : { name: jobKeyIn, jobKey: key };

const isRejected = ({ ErrorCode }: PutEventsResultEntry): boolean => ErrorCode !== undefined;

/** The error of the first refused entry; another attempt helps if none was refused for good. */
function rejectedEntry(
  rejected: readonly PutEventsResultEntry[],
  result: JsonObject,
  mask: (text: string) => string,
): ConnectorError {
  const codes = rejected.map(({ ErrorCode = 'UNKNOWN' }) => ErrorCode);
  const final = codes.findIndex((code) => awsErrorOf(code)?.retryable !== true);
  const told = Math.max(0, final);
  const text = mask(rejected[told]?.ErrorMessage ?? '') || 'no reason given';
  return new ConnectorError(codes[told] ?? 'UNKNOWN', `EventBridge refused the event: ${text}`, {
    retryable: final < 0,
    result,
  });
}

async function makeSender(target: Target, settings: EventBridgeSettings): Promise<Sender> {
  return createSender(await createClient(target, settings), target, settings);
}

/**
 * The EventBridge connector: each job puts one event on a bus, or a list of up to ten. Jobs that wait
 * together share calls. The AWS SDK is loaded with the first job.
 * An entry that stays refused fails the job with the entry's own code, unless the element has the header
 * `failOnRejectedEntry` = `false`; then it completes with `failedEntryCount` 1, as Camunda's does.
 * Delivery is at least once: a call whose answer was lost is made again with the job's next attempt.
 * @throws {ConfigurationError} an option is unknown or out of range.
 * @throws {ConnectorError} `ENDPOINT_INVALID` the operator's endpoint is no URL.
 * @example
 * const outbound = createOutbound({ connectors: [eventBridge({ defaultRegion: 'eu-central-1' })], secrets });
 */
export function eventBridge(options: EventBridgeOptions = {}): OutboundConnector {
  const settings = readEventBridgeOptions(options);
  if (settings.endpoint !== undefined) checkEndpoint(settings.endpoint);
  const senders = createClientCache<Sender>(settings.maxClients, (sender) => sender.destroy());
  let closed = false;

  return implement(
    eventBridgeDefinition,
    async (input, context) => {
      if (closed) throw ownError('CONNECTOR_CLOSED');
      const target = resolveTarget(input, settings);
      const entries: PutEventsRequestEntry[] = toEntries(
        input.input,
        jobKeyMember(settings, context.job),
        context.trace && toTraceHeader(context.trace),
      );
      const mask = maskOf(target, entries);
      const answer = await senders
        .use(
          keyOf(target),
          () => makeSender(target, settings),
          (sender) => sender.send(entries, context),
        )
        .catch((error: unknown) => {
          throw toConnectorError(error, mask);
        });
      const result = toResult(answer);
      if (answer.entries.some(isRejected) && failsOnRejectedEntry(context.job)) {
        throw rejectedEntry(answer.entries.filter(isRejected), result, mask);
      }
      return result;
    },
    async () => {
      closed = true;
      senders.close();
    },
  );
}
