import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { EventBridgeInput } from './event-bridge-definition.ts';
import { ownError } from './own-error.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
const maxEntryBytes = 1024 * 1024;

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Text that is a JSON object goes as it is, so that no digit of its numbers is lost. */
function detailText(detail: unknown): string {
  if (typeof detail === 'string') {
    if (Buffer.byteLength(detail) >= maxEntryBytes) throw ownError('EVENT_TOO_LARGE');
    if (isJsonObject(detail)) return detail.trim();
  }
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) {
    throw ownError('DETAIL_NOT_AN_OBJECT');
  }
  return JSON.stringify(detail);
}

/**
 * Size of an entry by AWS's formula: 14 bytes for a time, and the UTF-8 bytes of source, detail type,
 * detail and each resource. Bus name and trace header do not count.
 */
function entryBytes(entry: PutEventsRequestEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0);
  return bytes + (entry.Time === undefined ? 0 : 14);
}

/**
 * The entry of PutEvents for a job.
 * @throws {ConnectorError} `DETAIL_NOT_AN_OBJECT` | `EVENT_TOO_LARGE`
 */
export function toEntry({ input }: EventBridgeInput): PutEventsRequestEntry {
  const entry: PutEventsRequestEntry = {
    Source: input.source,
    DetailType: input.detailType,
    Detail: detailText(input.detail),
    EventBusName: input.eventBusName,
    ...(input.resources === undefined ? {} : { Resources: input.resources }),
    ...(input.time === undefined ? {} : { Time: new Date(input.time) }),
    ...(input.traceHeader === undefined ? {} : { TraceHeader: input.traceHeader }),
  };
  if (entryBytes(entry) >= maxEntryBytes) throw ownError('EVENT_TOO_LARGE');
  return entry;
}
