import type {
  EventBridgeClient,
  PutEventsRequestEntry,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { ownError } from './own-error.ts';

/** An answer to PutEvents with its HTTP side. */
export interface PutEventsAnswer {
  readonly requestId: string | undefined;
  readonly status: number;
  /** Names as AWS sent them, and their values. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** One for each entry sent, in order. */
  readonly entries: readonly PutEventsResultEntry[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/**
 * Header names as they came over the wire. The SDK's own headers are in lower case, but the body of the
 * response it hands on is Node's message, which has them raw; another request handler may have neither.
 */
function rawHeadersOf(response: unknown): readonly string[] {
  if (!isRecord(response)) return [];
  const { body, headers } = response;
  if (isRecord(body) && isTexts(body['rawHeaders'])) return body['rawHeaders'];
  return isRecord(headers) ? Object.entries(headers).flat().map(String) : [];
}

function toHeaders(rawHeaders: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const values = headers.get(name) ?? [];
    headers.set(name, [...values, rawHeaders[index + 1] ?? '']);
  }
  return Object.fromEntries(headers);
}

/**
 * Once a success has begun to arrive the events are taken: an answer that breaks off is no reason for the
 * SDK to make the call again, as it would for every cut connection.
 */
function rejectHalfAnswer(error: unknown): never {
  const metadata = isRecord(error) && isRecord(error['$metadata']) ? error['$metadata'] : {};
  const { httpStatusCode: status } = metadata;
  if (typeof status !== 'number' || status < 200 || status > 299) throw error;
  // Not as its cause: the SDK looks there for a reason to try again.
  throw ownError('PUT_EVENTS_OUTCOME_UNKNOWN', { details: { httpStatusCode: status } });
}

/**
 * Calls PutEvents once (the client tries again by itself). Rejects as the AWS SDK does.
 * @throws {ConnectorError} `PUT_EVENTS_OUTCOME_UNKNOWN` the answer does not tell of every entry, or broke off.
 */
export async function putEvents(
  client: EventBridgeClient,
  entries: PutEventsRequestEntry[],
  abortSignal: AbortSignal,
): Promise<PutEventsAnswer> {
  const { PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const command = new PutEventsCommand({ Entries: entries });
  let rawHeaders: readonly string[] = [];
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      rawHeaders = rawHeadersOf(result.response);
      return result;
    },
    { step: 'deserialize', name: 'rawHeaders', priority: 'low' },
  );
  command.middlewareStack.add(
    (next) => async (args) => next(args).catch(rejectHalfAnswer),
    // Around the parser, within the retries.
    { step: 'deserialize', name: 'halfAnswer', priority: 'high' },
  );
  const output = await client.send(command, { abortSignal });
  const { Entries: results = [], $metadata: metadata } = output;
  // A proxy's empty 200 parses as an answer without entries.
  if (results.length !== entries.length) throw ownError('PUT_EVENTS_OUTCOME_UNKNOWN');
  return {
    requestId: metadata.requestId,
    status: metadata.httpStatusCode ?? 200,
    headers: toHeaders(rawHeaders),
    entries: results,
  };
}
