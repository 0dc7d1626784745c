import type { JsonObject } from '@bpmn-connectors/sdk';
import type { PutEventsAnswer } from './put-events.ts';

/**
 * A job's result in the shape of Camunda's connector: that of the AWS SDK for Java, version 1, with
 * explicit nulls.
 * @param answer of the call, with the job's own entries.
 */
export function toResult({ requestId, status, headers, entries }: PutEventsAnswer): JsonObject {
  // A job's own copies: the headers are those of a call that jobs share.
  const httpHeaders: Record<string, string> = {};
  const allHttpHeaders: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(headers)) {
    httpHeaders[name] = values[0] ?? '';
    allHttpHeaders[name] = [...values];
  }
  return {
    sdkResponseMetadata: { requestId: requestId ?? null },
    sdkHttpMetadata: {
      httpHeaders,
      httpStatusCode: status,
      allHttpHeaders,
    },
    failedEntryCount: entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
    entries: entries.map(({ EventId, ErrorCode, ErrorMessage }) => ({
      eventId: EventId ?? null,
      errorCode: ErrorCode ?? null,
      errorMessage: ErrorMessage ?? null,
    })),
  };
}
