import type { JsonObject } from '@bpmn-connectors/sdk';
import type { PutEventsAnswer } from './put-events.ts';

/**
 * A job's result in the shape of Camunda's connector: that of the AWS SDK for Java, version 1, with
 * explicit nulls.
 * @param answer of the call, with the job's own entries.
 */
export function toResult({ requestId, status, headers, entries }: PutEventsAnswer): JsonObject {
  const all = [...headers];
  return {
    sdkResponseMetadata: { requestId: requestId ?? null },
    sdkHttpMetadata: {
      httpHeaders: Object.fromEntries(all.map(([name, values]) => [name, values[0] ?? ''])),
      httpStatusCode: status,
      allHttpHeaders: Object.fromEntries(all.map(([name, values]) => [name, [...values]])),
    },
    failedEntryCount: entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
    entries: entries.map(({ EventId, ErrorCode, ErrorMessage }) => ({
      eventId: EventId ?? null,
      errorCode: ErrorCode ?? null,
      errorMessage: ErrorMessage ?? null,
    })),
  };
}
