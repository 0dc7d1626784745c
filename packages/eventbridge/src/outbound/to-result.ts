import type { PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { JsonObject } from '@bpmn-connectors/sdk';
import type { PutEventsAnswer } from './put-events.ts';

function headersOf(rawHeaders: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const values = headers.get(name) ?? [];
    headers.set(name, [...values, rawHeaders[index + 1] ?? '']);
  }
  return headers;
}

/**
 * A job's result in the shape of Camunda's connector: that of the AWS SDK for Java, version 1, with
 * explicit nulls.
 * @param entry the job's own entry; the call may have had others.
 */
export function toResult(answer: PutEventsAnswer, entry: PutEventsResultEntry): JsonObject {
  const headers = [...headersOf(answer.rawHeaders)];
  return {
    sdkResponseMetadata: { requestId: answer.requestId ?? null },
    sdkHttpMetadata: {
      httpHeaders: Object.fromEntries(headers.map(([name, values]) => [name, values[0] ?? ''])),
      httpStatusCode: answer.status,
      allHttpHeaders: Object.fromEntries(headers),
    },
    failedEntryCount: entry.ErrorCode === undefined ? 0 : 1,
    entries: [
      {
        eventId: entry.EventId ?? null,
        errorCode: entry.ErrorCode ?? null,
        errorMessage: entry.ErrorMessage ?? null,
      },
    ],
  };
}
